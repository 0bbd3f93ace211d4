import NameService
import Primitives
import SIPStack
import Testing

/// The order of a service's servers (RFC 2782).
@Suite struct ServiceOrderTests {
    private static func record(_ priority: Int, _ weight: Int, _ target: String) -> ServiceRecord {
        ServiceRecord(priority: priority, weight: weight, port: 5060, target: target)
    }

    /// Whatever the records and chances are: all of them, each once, by priority.
    @Test func everyRecordIsTriedOnceByPriority() {
        var random = SplitMix64(seed: 2782)
        for _ in 0..<2000 {
            let records = (0..<Int.random(in: 0...12, using: &random)).map { index in
                let weight = Int.random(in: 0...3, using: &random) * Int.random(in: 0...65_535, using: &random)
                return Self.record(Int.random(in: 0...3, using: &random), min(weight, 65_535), "\(index)")
            }
            let order = ServiceOrder.order(records, using: &random)
            #expect(Set(order) == Set(records) && order.count == records.count)
            #expect(order.map(\.priority) == records.map(\.priority).sorted())
        }
    }

    @Test func withinAPriorityWeightsAreShares() {
        let records = [Self.record(1, 60, "a"), Self.record(1, 30, "b"), Self.record(1, 10, "c")]
        var random = SplitMix64(seed: 1)
        var first: [String: Int] = [:]
        for _ in 0..<20_000 {
            first[ServiceOrder.order(records, using: &random)[0].target, default: 0] += 1
        }
        for (target, share) in [("a", 12_000), ("b", 6000), ("c", 2000)] {
            #expect(abs((first[target] ?? 0) - share) < 500, "\(target): \(first[target] ?? 0) of 20,000")
        }
    }

    /// "A very small chance": not none, and far from an equal share.
    @Test func withoutAWeightThereIsAVerySmallChance() {
        let records = [Self.record(1, 0, "a"), Self.record(1, 200, "b")]
        var random = SplitMix64(seed: 2)
        let count = (0..<20_000).count { _ in ServiceOrder.order(records, using: &random)[0].target == "a" }
        #expect((20...300).contains(count), "\(count) of 20,000")
    }

    @Test func recordsOfWeightZeroShareEqually() {
        let records = ["a", "b", "c", "d"].map { Self.record(5, 0, $0) }
        var random = SplitMix64(seed: 3)
        var first: [String: Int] = [:]
        for _ in 0..<8000 { first[ServiceOrder.order(records, using: &random)[0].target, default: 0] += 1 }
        #expect(first.values.allSatisfy { abs($0 - 2000) < 300 } && first.count == 4)
    }

    @Test func theSameSeedIsTheSameOrder() {
        let records = (0..<10).map { Self.record(1, 10, "\($0)") }
        var (one, other) = (SplitMix64(seed: 9), SplitMix64(seed: 9))
        #expect(ServiceOrder.order(records, using: &one) == ServiceOrder.order(records, using: &other))
    }
}
