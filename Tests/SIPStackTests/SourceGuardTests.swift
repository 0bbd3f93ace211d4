import SIPStack
import Testing

/// Floods and guessed passwords, as traces.
@Suite struct SourceGuardTests {
    private static func sourceGuard(_ change: (inout SourceGuard.Limits) -> Void = { _ in }) -> SourceGuard {
        var limits = SourceGuard.Limits()
        (limits.perSecond, limits.burst, limits.failures, limits.ban) = (2, 4, 3, .seconds(60))
        change(&limits)
        return SourceGuard(limits)
    }

    private static func admit(
        _ source: String,
        _ sources: inout SourceGuard,
        at now: Duration
    ) -> SourceGuard.Verdict {
        sources.admit(source, at: now)
    }

    @Test func aBurstIsTakenThenAsMuchAsTheRateAllows() {
        var sources = Self.sourceGuard()
        let first = (0..<6).map { _ in Self.admit("a", &sources, at: .zero) }
        #expect(first == [.admitted, .admitted, .admitted, .admitted, .throttled, .throttled])
        #expect(Self.admit("b", &sources, at: .zero) == .admitted)
        let later = (0..<3).map { _ in Self.admit("a", &sources, at: .seconds(1)) }
        #expect(later == [.admitted, .admitted, .throttled])
        let rested = (0..<6).map { _ in Self.admit("a", &sources, at: .seconds(1000)) }
        #expect(rested.count { $0 == .admitted } == 4)
    }

    @Test func aGuesserIsBannedForAWhile() {
        var sources = Self.sourceGuard()
        #expect(Self.admit("a", &sources, at: .zero) == .admitted)
        let early = [sources.blame("a", at: .zero), sources.blame("a", at: .seconds(1))]
        #expect(early == [false, false])
        #expect(Self.admit("a", &sources, at: .seconds(2)) == .admitted)
        let isBanned = sources.blame("a", at: .seconds(2))
        #expect(isBanned)
        #expect(Self.admit("a", &sources, at: .seconds(3)) == .banned)
        #expect(Self.admit("b", &sources, at: .seconds(3)) == .admitted)
        #expect(Self.admit("a", &sources, at: .seconds(61)) == .banned)
        #expect(Self.admit("a", &sources, at: .seconds(62)) == .admitted)
        // It begins anew.
        let again = sources.blame("a", at: .seconds(62))
        #expect(!again)
    }

    @Test func oldMistakesAreForgotten() {
        var sources = Self.sourceGuard()
        for minute in 0..<10 {
            let now = Duration.seconds(minute * 61)
            #expect(Self.admit("a", &sources, at: now) == .admitted)
            let isBanned = [sources.blame("a", at: now), sources.blame("a", at: now)]
            #expect(isBanned == [false, false])
        }
    }

    @Test func aFloodOfSourcesCostsNoMemoryAndHarmsNobodyKnown() {
        var sources = Self.sourceGuard { $0.sources = 10 }
        #expect(Self.admit("known", &sources, at: .zero) == .admitted)
        var verdicts: [SourceGuard.Verdict] = []
        for index in 0..<100 { verdicts.append(Self.admit("s\(index)", &sources, at: .zero)) }
        #expect(sources.count == 10)
        // Nine have a bucket of their own, all others share one.
        #expect(verdicts.count { $0 == .admitted } == 13)
        #expect(Self.admit("known", &sources, at: .zero) == .admitted)
        // When they have been quiet, there is room again, but for who is banned.
        for _ in 0..<3 { _ = sources.blame("known", at: .seconds(1)) }
        #expect(Self.admit("new", &sources, at: .seconds(30)) == .admitted)
        #expect(sources.count == 2)
        #expect(Self.admit("known", &sources, at: .seconds(30)) == .banned)
    }
}
