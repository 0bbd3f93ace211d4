import SIPStack
import SIPWire
import TestSupport
import Testing

/// Whoever follows a call often holds it, too: when the call is over, neither is kept by the other.
@Suite(.timeLimit(.minutes(2))) struct LettingGoTests {
    /// Follows a call that it holds.
    private final class Owner: Sendable {
        private let session: SIPSession

        init(_ session: SIPSession) {
            self.session = session
            session.onEvents { [self] event in
                if case .failed = event { hangUp() }
            }
            session.answerOffers { [self] _ in description }
            session.takeReferrals { [self] _ in hangUp() }
        }

        var description: [UInt8] { session.request.body }

        func hangUp() { session.hangUp() }
    }

    /// What may be freed, and is then nil.
    private struct Weakly: Sendable {
        weak let owner: Owner?
    }

    @Test(arguments: [true, false])
    func theOwnerOfACallIsLetGoWhenItIsOver(isAnswered: Bool) async throws {
        let owners = Locked<[Weakly]>([])
        let (callee, port) = try await LoopbackTests.agent(onInvite: { session in
            let owner = Owner(session)
            owners.withLock { $0.append(Weakly(owner: owner)) }
            if isAnswered { session.answer(body: owner.description) } else { session.reject(status: 486) }
        })
        let (caller, _) = try await LoopbackTests.agent()
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let session = caller.invite(LoopbackTests.invitation(to: port)) { yield.yield($0) }
        _ = try await Waiting.first(of: events) { event in
            switch event {
            case .answered, .failed: true
            default: false
            }
        }
        session.hangUp()
        // Its transaction lives until the INVITE cannot be repeated any more.
        try await Waiting.until { owners.withLock { $0.count == 1 && $0[0].owner == nil } ? true : nil }
        await caller.shutDown()
        await callee.shutDown()
    }
}
