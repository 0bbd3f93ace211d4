import Testing

@testable import Database

/// When commits wait for company, with the clock in the test's hand.
@Suite struct CommitPacingTests {
    private let start = ContinuousClock.now
    private var pacing = CommitPacing(interval: .milliseconds(5))

    private func at(_ milliseconds: Double) -> ContinuousClock.Instant { start + .microseconds(milliseconds * 1000) }

    @Test func whoComesAfterARestGoesAtOnce() {
        var pacing = pacing
        #expect(pacing.wait(for: 1, at: at(0)) == nil)
        pacing.took(1, waited: .zero, at: at(0))
        #expect(pacing.wait(for: 1, at: at(5)) == nil)
    }

    @Test func oneThatComesSoonAfterAnotherWaitsForTheRestOfTheInterval() {
        var pacing = pacing
        pacing.took(1, waited: .zero, at: at(0))
        #expect(pacing.wait(for: 1, at: at(2)) == .milliseconds(3))
        pacing.took(2, waited: .milliseconds(3), at: at(5))
        #expect(pacing.wait(for: 1, at: at(7)) == .milliseconds(3))
    }

    @Test func allOfTheLastBatchBackAtOnceAreTakenWithoutTheRestOfTheWait() {
        var pacing = pacing
        pacing.took(4, waited: .milliseconds(3), at: at(0))
        #expect(pacing.wait(for: 4, at: at(0.25)) == .microseconds(750))
        #expect(pacing.wait(for: 3, at: at(1)) == .milliseconds(4))
        #expect(pacing.wait(for: 4, at: at(1)) == nil)
    }

    @Test func manyWaitForHalfOfThemAndNoLongerThanAMillisecond() {
        var pacing = pacing
        pacing.took(64, waited: .zero, at: at(0))
        #expect(pacing.wait(for: 32, at: at(0)) == nil)
        #expect(pacing.wait(for: 31, at: at(0.5)) == .microseconds(250))
        #expect(pacing.wait(for: 1, at: at(1)) == nil)
        // Stragglers do not make the next ones wait for the whole interval.
        pacing.took(3, waited: .zero, at: at(1))
        #expect(pacing.wait(for: 16, at: at(1)) == nil)
        for turn in 2..<6 { pacing.took(1, waited: .zero, at: at(Double(turn))) }
        #expect(pacing.wait(for: 1, at: at(7)) == .milliseconds(3))
    }

    @Test func whoWritesAloneWaitsEverMoreRarely() {
        var pacing = pacing
        var waits: [Int] = []
        for turn in 0..<300 {
            let now = at(Double(turn))
            let wait = pacing.wait(for: 1, at: now)
            if wait != nil { waits.append(turn) }
            pacing.took(1, waited: wait ?? .zero, at: now)
        }
        // The first goes at once; after each wait the next one is twice as far, up to 64 turns.
        #expect(waits == [1, 3, 6, 11, 20, 37, 70, 135, 200, 265])
    }

    @Test func companyMakesPatientAgain() {
        var pacing = pacing
        for turn in 0..<40 {
            let now = at(Double(turn))
            pacing.took(1, waited: pacing.wait(for: 1, at: now) ?? .zero, at: now)
        }
        pacing.took(2, waited: .zero, at: at(40))
        #expect(pacing.wait(for: 1, at: at(42)) == .milliseconds(3))
    }
}
