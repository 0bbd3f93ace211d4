import SIPStack
import SIPWire
import TestSupport
import Testing

/// The flows of RFC 3665 section 3 between two user agents over real sockets, message by message as each side sees them.
@Suite(.timeLimit(.minutes(2))) struct BasicCallFlowTests {
    /// A call as both sides saw it.
    private struct Seen {
        let caller: [String]
        let callee: [String]
    }

    /// A message that is repeated on a busy machine is drawn once.
    private static func lines(_ session: SIPSession) async -> [String] {
        var seen: Set<String> = []
        return await session.ladder()
            .filter { seen.insert("\($0.isOutgoing) \($0.line) \($0.cseq)").inserted }
            .map { ($0.isOutgoing ? "> " : "< ") + $0.line }
            .filter { !$0.hasSuffix("100 Trying") }
    }

    private static func isOver(_ event: SessionEvent) -> Bool {
        switch event {
        case .ended, .failed: true
        default: false
        }
    }

    /// Places a call, lets both sides do something with it, and returns what they saw when it is over on both.
    private static func call(
        ringing: Duration = .seconds(30),
        callee act: @escaping @Sendable (SIPSession) -> Void,
        caller react: @escaping @Sendable (SIPSession, SessionEvent) -> Void = { _, _ in }
    ) async throws -> Seen {
        let (sessions, session) = AsyncStream.makeStream(of: SIPSession.self)
        let (calleeEvents, calleeEvent) = AsyncStream.makeStream(of: SessionEvent.self)
        let (callerEvents, callerEvent) = AsyncStream.makeStream(of: SessionEvent.self)
        let (callee, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { one in
            one.onEvents { calleeEvent.yield($0) }
            act(one)
            session.yield(one)
        }
        let (caller, _) = try await LoopbackTests.agent()
        var invitation = LoopbackTests.invitation(to: port, .tcp)
        invitation.ringTimeout = ringing
        let placed = caller.invite(invitation) { callerEvent.yield($0) }
        for await event in callerEvents {
            react(placed, event)
            if isOver(event) { break }
        }
        let taken = try await Waiting.first(of: sessions)
        let isRefused = await lines(taken).contains { $0.hasPrefix("> 4") }
        if !isRefused { _ = try await Waiting.first(of: calleeEvents, where: isOver) }
        let seen = Seen(caller: await lines(placed), callee: await lines(taken))
        for agent in [caller, callee] { await agent.shutDown() }
        return seen
    }

    /// What one side sends, the other hears, in the same order.
    private static func mirrored(_ lines: [String]) -> [String] {
        lines.map { ($0.hasPrefix(">") ? "<" : ">") + $0.dropFirst() }
    }

    /// Section 3.1.
    @Test func aSuccessfulSession() async throws {
        let seen = try await Self.call(
            callee: { session in
                session.ring()
                session.answer(body: LoopbackTests.offer)
            },
            caller: { session, event in if case .answered = event { session.hangUp() } }
        )
        let flow = ["> INVITE", "< 180 Ringing", "< 200 OK", "> ACK", "> BYE"]
        // For whom hangs up the call is over with the BYE, whatever is answered.
        #expect(seen.caller.prefix(5) == flow[...], "\(seen.caller)")
        #expect(seen.callee == Self.mirrored(flow) + ["> 200 OK"], "\(seen.callee)")
    }

    /// Section 3.8: nobody answers, and the caller gives up.
    @Test func noAnswer() async throws {
        let seen = try await Self.call(ringing: .seconds(1), callee: { $0.ring() })
        #expect(
            seen.caller.filter { !$0.hasPrefix("> ACK") }
                == ["> INVITE", "< 180 Ringing", "> CANCEL", "< 200 OK", "< 487 Request Terminated"],
            "\(seen.caller)"
        )
    }

    /// Sections 3.9 and 3.11: busy, and not there for now.
    @Test(arguments: [(486, "486 Busy Here"), (480, "480 Temporarily Unavailable")])
    func aRefusal(status: Int, line: String) async throws {
        let seen = try await Self.call(callee: { $0.reject(status: status) })
        #expect(seen.caller.prefix(2) == ["> INVITE", "< \(line)"], "\(seen.caller)")
    }
}
