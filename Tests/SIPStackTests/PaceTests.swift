import Testing

@testable import SIPStack

/// What a call keeps and looks at of a peer that never stops.
@Suite struct PaceTests {
    @Test func offersAreTakenInABurstAndThenAtTheirPace() {
        var pace = OfferPace()
        let burst = (0..<100).count { _ in pace.admit(at: .seconds(5)) }
        #expect(burst == OfferPace.burst)
        let early = pace.admit(at: .seconds(5) + OfferPace.interval - .milliseconds(1))
        #expect(!early)
        let steady = (1...10).map { pace.admit(at: .seconds(5) + OfferPace.interval * $0) }
        #expect(!steady.contains(false))
        // After a long rest not more than a burst.
        let later = (0..<100).count { _ in pace.admit(at: .seconds(3600)) }
        #expect(later == OfferPace.burst)
    }

    @Test func ofALongLadderTheBeginningAndTheEndAreKept() {
        var ladder = Ladder()
        for number in 0..<1000 {
            ladder.climb(LadderEntry(isOutgoing: false, line: "INFO", cseq: "\(number) INFO", offset: .zero))
        }
        let numbers = ladder.entries.compactMap { Int($0.cseq.prefix { $0.isNumber }) }
        #expect(numbers == Array(0..<80) + Array(980..<1000))
    }
}
