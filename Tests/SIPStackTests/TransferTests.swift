import SIPStack
import SIPWire
import TestSupport
import Testing

/// The flows of RFC 5589 between user agents over real sockets, and their messages.
@Suite(.timeLimit(.minutes(2))) struct TransferTests {
    /// An answered call, as both ends see it.
    private struct Pair {
        let caller: SIPSession
        let callee: SIPSession
        let callerEvents: AsyncStream<SessionEvent>
        let calleeEvents: AsyncStream<SessionEvent>

        init(from agent: SIPUserAgent, to other: SIPUserAgent, port: Int) async throws {
            let (sessions, session) = AsyncStream.makeStream(of: SIPSession.self)
            let (calleeEvents, calleeEvent) = AsyncStream.makeStream(of: SessionEvent.self)
            let (callerEvents, callerEvent) = AsyncStream.makeStream(of: SessionEvent.self)
            await other.takeCalls { one in
                one.onEvents { calleeEvent.yield($0) }
                one.answer(body: LoopbackTests.offer)
                session.yield(one)
            }
            // An INVITE may be read before the loop has done what it was asked.
            _ = await other.takesCalls()
            caller = agent.invite(LoopbackTests.invitation(to: port)) { callerEvent.yield($0) }
            callee = try await Waiting.first(of: sessions)
            _ = try await Waiting.first(of: callerEvents) { if case .answered = $0 { true } else { false } }
            _ = try await Waiting.first(of: calleeEvents) { if case .acknowledged = $0 { true } else { false } }
            (self.callerEvents, self.calleeEvents) = (callerEvents, calleeEvents)
        }
    }

    private static func lines(_ session: SIPSession) async -> [String] {
        await session.ladder().map { ($0.isOutgoing ? "> " : "< ") + $0.line }
    }

    /// Waits until a session's event loop has done what it was asked: it reads its sockets before that, and a message may come
    /// first.
    private static func settled(_ session: SIPSession) async { _ = await session.ladder() }

    private static func isEnded(_ event: SessionEvent) -> Bool { if case .ended = event { true } else { false } }

    /// Section 6.1: the transferor asks, the transferee calls, and tells what it heard.
    @Test func aBlindTransfer() async throws {
        let (transferor, _) = try await LoopbackTests.agent()
        let (transferee, port) = try await LoopbackTests.agent()
        let (target, targetPort) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.ring()
            session.answer(body: LoopbackTests.offer)
        }
        let pair = try await Pair(from: transferor, to: transferee, port: port)
        pair.callee.takeReferrals { referral in
            #expect(referral.target.port == targetPort && referral.replaces == nil)
            #expect(referral.referredBy?.contains("+254200000001") == true)
            referral.accept()
            var invitation = LoopbackTests.invitation(to: targetPort)
            invitation.uri = referral.target
            transferee.invite(invitation) { event in
                switch event {
                case .provisional(let status, _): referral.progress(status: status)
                case .answered: referral.progress(status: 200)
                default: break
                }
            }
        }
        await Self.settled(pair.callee)
        let (news, new) = AsyncStream.makeStream(of: ReferProgress.self)
        pair.caller.refer(to: SIPURI(user: "bob", host: "127.0.0.1", port: targetPort)) { new.yield($0) }
        _ = try await Waiting.first(of: news) { $0 == .finished(status: 200) }
        pair.caller.hangUp()
        _ = try await Waiting.first(of: pair.calleeEvents, where: Self.isEnded)
        let lines = await Self.lines(pair.caller)
        #expect(lines.contains("> REFER") && lines.contains("< 202 Accepted") && lines.contains("> BYE"))
        // 100, 180 and 200; on a busy machine some of them more than once.
        let notified = await pair.caller.ladder().filter { $0.line == "NOTIFY" && !$0.isOutgoing }.map(\.cseq)
        #expect(Set(notified).count == 3, "\(lines)")
        for agent in [transferor, transferee, target] { await agent.shutDown() }
    }

    /// Section 6.2: the target does not want to; the first call goes on.
    @Test func aTransferThatFailsLeavesTheCall() async throws {
        let (transferor, _) = try await LoopbackTests.agent()
        let (transferee, port) = try await LoopbackTests.agent()
        let pair = try await Pair(from: transferor, to: transferee, port: port)
        pair.callee.takeReferrals { referral in
            referral.accept()
            referral.progress(status: 486)
            // The last word has been said.
            referral.progress(status: 200)
        }
        await Self.settled(pair.callee)
        let seen = Locked<[ReferProgress]>([])
        let (news, new) = AsyncStream.makeStream(of: ReferProgress.self)
        pair.caller.refer(to: SIPURI(host: "127.0.0.1")) { progress in
            seen.withLock { $0.append(progress) }
            new.yield(progress)
        }
        _ = try await Waiting.first(of: news) { $0 == .finished(status: 486) }
        #expect(
            Set(seen.withLock { $0 }.map { "\($0)" }).isSubset(of: [
                "accepted", "trying(status: 100)", "finished(status: 486)",
            ])
        )
        #expect(await pair.caller.replaces() != nil)
        pair.caller.hangUp()
        _ = try await Waiting.first(of: pair.calleeEvents, where: Self.isEnded)
        for agent in [transferor, transferee] { await agent.shutDown() }
    }

    /// Section 7.1: the transferor has called the target first; the transferee's call takes the place of that one.
    @Test func anAttendedTransfer() async throws {
        let (transferor, _) = try await LoopbackTests.agent()
        let (transferee, port) = try await LoopbackTests.agent()
        let (target, targetPort) = try await LoopbackTests.agent()
        let first = try await Pair(from: transferor, to: transferee, port: port)
        let second = try await Pair(from: transferor, to: target, port: targetPort)
        await target.takeReplacements { new, old in
            #expect(old === second.callee)
            new.answer(body: LoopbackTests.offer)
            old.hangUp()
        }
        first.callee.takeReferrals { referral in
            referral.accept()
            var invitation = LoopbackTests.invitation(to: targetPort)
            (invitation.uri, invitation.replacing) = (referral.target, referral.replaces)
            transferee.invite(invitation) { event in
                if case .answered = event { referral.progress(status: 200) }
                if case .failed = event { referral.progress(status: 503) }
            }
        }
        let (news, new) = AsyncStream.makeStream(of: ReferProgress.self)
        await Self.settled(first.callee)
        await Self.settled(second.callee)
        let replaces = try #require(await second.caller.replaces())
        first.caller.refer(to: SIPURI(user: "bob", host: "127.0.0.1", port: targetPort), replacing: replaces) {
            new.yield($0)
        }
        _ = try await Waiting.first(of: news) { $0 == .finished(status: 200) }
        // The target has hung up on the transferor.
        _ = try await Waiting.first(of: second.callerEvents, where: Self.isEnded)
        first.caller.hangUp()
        _ = try await Waiting.first(of: first.calleeEvents, where: Self.isEnded)
        for agent in [transferor, transferee, target] { await agent.shutDown() }
    }

    @Test func whatCannotBeReplacedIsRefused() async throws {
        let (caller, _) = try await LoopbackTests.agent()
        let (callee, port) = try await LoopbackTests.agent()
        let pair = try await Pair(from: caller, to: callee, port: port)
        let right = try #require(await pair.caller.replaces())
        func refusal(_ replaces: Replaces) async throws -> SessionFailure? {
            var invitation = LoopbackTests.invitation(to: port)
            invitation.replacing = replaces
            return try await LoopbackTests.failure(caller, invitation)
        }
        // Not understood unless somebody takes them.
        #expect(try await refusal(right) == .status(420, q850: nil))
        await callee.takeReplacements { new, _ in new.reject(status: 486) }
        #expect(try await refusal(right) == .status(486, q850: nil))
        let early = Replaces(callID: right.callID, toTag: right.toTag, fromTag: right.fromTag, isEarlyOnly: true)
        #expect(try await refusal(early) == .status(486, q850: nil))
        for wrong in [
            Replaces(callID: "other", toTag: right.toTag, fromTag: right.fromTag),
            Replaces(callID: right.callID, toTag: "other", fromTag: right.fromTag),
            Replaces(callID: right.callID, toTag: right.toTag, fromTag: "other"),
        ] {
            #expect(try await refusal(wrong) == .status(481, q850: nil))
        }
        pair.caller.hangUp()
        _ = try await Waiting.first(of: pair.calleeEvents, where: Self.isEnded)
        for agent in [caller, callee] { await agent.shutDown() }
    }

    @Test func aPeerThatTakesNoReferralsDeclines() async throws {
        let (caller, _) = try await LoopbackTests.agent()
        let (callee, port) = try await LoopbackTests.agent()
        let pair = try await Pair(from: caller, to: callee, port: port)
        let (news, new) = AsyncStream.makeStream(of: ReferProgress.self)
        pair.caller.refer(to: SIPURI(host: "127.0.0.1")) { new.yield($0) }
        #expect(try await Waiting.first(of: news) == .refused(status: 603))
        // A REFER that nobody answers before the call ends is told so, too.
        pair.callee.takeReferrals { _ in }
        await Self.settled(pair.callee)
        pair.caller.refer(to: SIPURI(host: "127.0.0.1")) { new.yield($0) }
        try await Waiting.until { await Self.lines(pair.callee).count { $0 == "< REFER" } >= 2 ? true : nil }
        pair.caller.hangUp()
        #expect(try await Waiting.first(of: news) == .refused(status: nil))
        for agent in [caller, callee] { await agent.shutDown() }
    }
}
