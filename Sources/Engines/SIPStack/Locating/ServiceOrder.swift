package import NameService

/// The order in which the servers of a service are tried (RFC 2782, "Usage rules"): by priority, and within one by chance, in
/// proportion to their weights.
package enum ServiceOrder {
    /// Puts records into an order; another each time, if the generator says so.
    package static func order(
        _ records: [ServiceRecord],
        using random: inout some RandomNumberGenerator
    ) -> [ServiceRecord] {
        let priorities = Set(records.map(\.priority)).sorted()
        return priorities.flatMap { priority in
            shuffle(records.filter { $0.priority == priority }, using: &random)
        }
    }

    /// Records of weight 0 stand first, so that they have a very small chance as long as there are others.
    private static func shuffle(
        _ records: [ServiceRecord],
        using random: inout some RandomNumberGenerator
    ) -> [ServiceRecord] {
        var rest = records.filter { $0.weight == 0 }.shuffled(using: &random) + records.filter { $0.weight > 0 }
        var order: [ServiceRecord] = []
        while !rest.isEmpty {
            let mark = Int.random(in: 0...rest.reduce(0) { $0 + $1.weight }, using: &random)
            var sum = 0
            let chosen = rest.firstIndex { record in
                sum += record.weight
                return sum >= mark
            }
            order.append(rest.remove(at: chosen ?? rest.startIndex))
        }
        return order
    }
}
