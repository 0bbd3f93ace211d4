import Primitives

/// The faults that were asked for and have not happened yet.
struct MPesaFaultPlan: Sendable {
    /// More rules than these push out the oldest.
    static let capacity = 100

    private(set) var rules: [MPesaFaultRule] = []

    mutating func add(_ rule: MPesaFaultRule) {
        rules.append(rule)
        if rules.count > Self.capacity { rules.removeFirst() }
    }

    mutating func clear() {
        rules = []
    }

    /// The rule of a fault that happens now to a phone, counted down; nil when it does not happen.
    mutating func take(_ fault: MPesaFault, phone: String?, random: inout SplitMix64) -> MPesaFaultRule? {
        for index in rules.indices where rules[index].fault == fault {
            let rule = rules[index]
            if let wanted = rule.phone, wanted != phone { continue }
            if rule.percent < 100, Int.random(in: 0..<100, using: &random) >= rule.percent { continue }
            if let remaining = rule.remaining {
                if remaining <= 1 { rules.remove(at: index) } else { rules[index].remaining = remaining - 1 }
            }
            return rule
        }
        return nil
    }
}
