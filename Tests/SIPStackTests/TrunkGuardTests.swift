import SIPStack
import Testing

/// Trunks that send too much, and guesses from where a trunk is, as traces.
@Suite struct TrunkGuardTests {
    private static let carrier = TrunkLane(name: "carrier", account: "acme")
    private static let spare = TrunkLane(name: "spare")

    private static func trunkGuard(_ change: (inout TrunkGuard.Limits) -> Void = { _ in }) -> TrunkGuard {
        var limits = TrunkGuard.Limits()
        (limits.perSecond, limits.burst, limits.failures, limits.ban) = (2, 4, 3, .seconds(60))
        change(&limits)
        return TrunkGuard(limits)
    }

    @Test func aTrunkThatSendsTooMuchIsSlowedAndNoOther() {
        var trunks = Self.trunkGuard()
        let first = (0..<6).map { _ in trunks.admit(Self.carrier, claiming: nil, at: .zero) }
        #expect(
            first == [.admitted, .admitted, .admitted, .admitted, .throttled(isNews: true), .throttled(isNews: false)]
        )
        let other = trunks.admit(Self.spare, claiming: nil, at: .zero)
        #expect(other == .admitted)
        let later = (0..<3).map { _ in trunks.admit(Self.carrier, claiming: nil, at: .seconds(1)) }
        #expect(later == [.admitted, .admitted, .throttled(isNews: false)])
    }

    /// It is told again after a minute, not for each request.
    @Test func theLogIsToldOnceAMinute() {
        var trunks = Self.trunkGuard { ($0.perSecond, $0.burst) = (1, 1) }
        let told = (0..<1800).count { tenth in
            trunks.admit(Self.carrier, claiming: nil, at: .milliseconds(tenth * 100)) == .throttled(isNews: true)
        }
        #expect(told == 3)
    }

    @Test func twentyCallsASecondAreNothingByDefault() {
        var trunks = TrunkGuard()
        let verdicts = (0..<20 * 600).map { call in
            trunks.admit(Self.carrier, claiming: nil, at: .milliseconds(call * 50))
        }
        #expect(verdicts.allSatisfy { $0 == .admitted })
        let rush = (0..<2000).map { _ in trunks.admit(Self.carrier, claiming: nil, at: .seconds(700)) }
        #expect(rush.allSatisfy { $0 == .admitted })
    }

    @Test func anAccountThatIsGuessedAtIsClosedAndTheTrunkIsNot() {
        var trunks = Self.trunkGuard()
        let closed = (0..<3).map { trunks.blame(Self.carrier, claiming: "u1", at: .seconds($0)) }
        #expect(closed == [false, false, true])
        let now = Duration.seconds(10)
        let verdicts = ["u1", "u2", "acme", nil].map { trunks.admit(Self.carrier, claiming: $0, at: now) }
        #expect(verdicts == [.refused, .admitted, .admitted, .admitted])
        let elsewhere = trunks.admit(Self.spare, claiming: "u1", at: now)
        #expect(elsewhere == .admitted)
        let after = trunks.admit(Self.carrier, claiming: "u1", at: .seconds(62))
        #expect(after == .admitted)
        // It begins anew.
        let again = trunks.blame(Self.carrier, claiming: "u1", at: .seconds(62))
        #expect(!again)
    }

    @Test func theTrunksOwnAccountIsNeverClosed() {
        var trunks = Self.trunkGuard()
        let closed = (0..<100).map { _ in trunks.blame(Self.carrier, claiming: "acme", at: .zero) }
        #expect(!closed.contains(true) && trunks.count == 0)
    }

    @Test func oldMistakesAreForgotten() {
        var trunks = Self.trunkGuard()
        let closed = (0..<10).map { trunks.blame(Self.carrier, claiming: "u1", at: .seconds($0 * 61)) }
        #expect(!closed.contains(true))
    }

    @Test func aFloodOfNamesCostsNoMemory() {
        var trunks = Self.trunkGuard { $0.claims = 40 }
        for index in 0..<3 { _ = trunks.blame(Self.carrier, claiming: "kept", at: .milliseconds(index)) }
        for index in 0..<10_000 {
            _ = trunks.blame(Self.carrier, claiming: "u\(index)", at: .milliseconds(10 + index))
            #expect(trunks.count <= 40)
        }
    }

    @Test func trunksThatAreGoneAreForgotten() {
        var trunks = Self.trunkGuard()
        for _ in 0..<5 { _ = trunks.admit(Self.carrier, claiming: nil, at: .zero) }
        trunks.keep(["spare"])
        let anew = trunks.admit(Self.carrier, claiming: nil, at: .zero)
        #expect(anew == .admitted)
    }
}
