import SIPStack
import SIPWire
import TestSupport
import Testing

/// The next place of a server, when the first does not do (RFC 3263 section 4.3).
@Suite(.timeLimit(.minutes(1))) struct NextPlaceTests {
    private static let quick: @Sendable (inout SIPConfiguration) -> Void = {
        $0.timers.nextPlace = .milliseconds(200)
    }

    private static func target(_ ports: [Int], _ transport: SIPTransport = .udp) -> SIPTarget {
        SIPTarget(
            host: "carrier.test",
            port: nil,
            transport: transport,
            places: ports.map { SIPPlace(address: "127.0.0.1", port: $0, transport: transport) }
        )
    }

    private static func invitation(_ ports: [Int], _ transport: SIPTransport = .udp) -> OutgoingInvitation {
        var invitation = LoopbackTests.invitation(to: ports.first ?? 5060, transport)
        invitation.target = target(ports, transport)
        return invitation
    }

    private static func peer(_ status: Int) async throws -> RawSIPPeer {
        try await RawSIPPeer { $0.method == .ack ? [] : [RawSIPPeer.response(status, to: $0)] }
    }

    /// RFC 3263: "creating a new request identical to the previous, but has a different value of the Via branch ID".
    @Test func whoIsSilentIsFollowedByTheSameRequestElsewhere() async throws {
        let (silent, busy) = (try await RawSIPPeer(), try await Self.peer(486))
        let (agent, _) = try await LoopbackTests.agent(Self.quick)
        try await LoopbackTests.expectFailure(
            .status(486, q850: nil),
            agent,
            Self.invitation([silent.port, busy.port])
        )
        let (first, second) = (try await silent.request(.invite), try await busy.request(.invite))
        #expect(first.headers.topVia?.branch != second.headers.topVia?.branch)
        for name in [SIPHeaderName.callID, .cseq, .from, .to, .contact] {
            #expect(first.headers[name] == second.headers[name])
        }
        #expect(first.uri == second.uri && first.body == second.body)
        for peer in [silent, busy] { await peer.stop() }
        await agent.shutDown()
    }

    @Test func whoHasTooMuchToDoIsFollowedAtOnce() async throws {
        let (full, busy) = (try await Self.peer(503), try await Self.peer(486))
        let (agent, _) = try await LoopbackTests.agent()
        let invitation = Self.invitation([full.port, full.port, busy.port])
        // On a busy machine a request may come twice.
        let asked = { @Sendable in Set(full.requests.compactMap { $0.headers.topVia?.branch }).count }
        try await LoopbackTests.expectFailure(.status(486, q850: nil), agent, invitation)
        #expect(asked() == 2)
        // From now on whoever has failed is asked last.
        try await LoopbackTests.expectFailure(.status(486, q850: nil), agent, invitation)
        #expect(asked() == 2)
        for peer in [full, busy] { await peer.stop() }
        await agent.shutDown()
    }

    @Test func whenAllHaveTooMuchToDoThatIsTheEnd() async throws {
        let full = try await Self.peer(503)
        let (agent, _) = try await LoopbackTests.agent()
        try await LoopbackTests.expectFailure(.status(503, q850: nil), agent, Self.invitation([full.port, full.port]))
        await full.stop()
        await agent.shutDown()
    }

    @Test func aConnectionThatFailsIsFollowedAtOnce() async throws {
        let (callee, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { $0.reject(status: 486) }
        let (agent, _) = try await LoopbackTests.agent()
        let invitation = Self.invitation([FreePort.any(), port], .tcp)
        try await LoopbackTests.expectFailure(.status(486, q850: nil), agent, invitation)
        for agent in [agent, callee] { await agent.shutDown() }
    }

    /// A server that wakes up after it was given up: its telephone must not go on ringing, and must not be answered.
    @Test func whoWakesUpTooLateIsToldSo() async throws {
        let silent = try await RawSIPPeer()
        let ringing = try await RawSIPPeer { request in
            request.method == .invite ? [RawSIPPeer.response(180, to: request)] : []
        }
        let (agent, port) = try await LoopbackTests.agent(Self.quick)
        let session = agent.invite(Self.invitation([silent.port, ringing.port])) { _ in }
        try await ringing.request(.invite)
        let late = try await silent.request(.invite)
        for _ in 0..<2 { try await silent.send(RawSIPPeer.response(180, to: late), to: port) }
        let cancel = try await silent.request(.cancel)
        #expect(cancel.headers.topVia?.branch == late.headers.topVia?.branch)
        try await silent.send(RawSIPPeer.response(200, to: late), to: port)
        try await silent.request(.ack)
        try await silent.request(.bye)
        #expect(Set(silent.requests.filter { $0.method == .cancel }.map { $0.headers.topVia?.branch }).count == 1)
        #expect(!ringing.requests.contains { $0.method == .cancel || $0.method == .bye })
        session.hangUp()
        try await ringing.request(.cancel)
        for peer in [silent, ringing] { await peer.stop() }
        await agent.shutDown()
    }

    @Test func whoHasHungUpIsNotPutThroughElsewhere() async throws {
        let (silent, other) = (try await RawSIPPeer(), try await Self.peer(486))
        let (agent, port) = try await LoopbackTests.agent { $0.timers.nextPlace = .seconds(30) }
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let session = agent.invite(Self.invitation([silent.port, other.port])) { yield.yield($0) }
        let invite = try await silent.request(.invite)
        session.hangUp()
        try await Waiting.until { await agent.load().transactions > 0 ? true : nil }
        try await silent.send(RawSIPPeer.response(503, to: invite), to: port)
        _ = try await Waiting.first(of: events) { if case .failed = $0 { true } else { false } }
        #expect(other.requests.isEmpty)
        for peer in [silent, other] { await peer.stop() }
        await agent.shutDown()
    }

    @Test(arguments: [nil, 503])
    func otherRequestsGoOnToTheNextPlace(status: Int?) async throws {
        let first = if let status { try await Self.peer(status) } else { try await RawSIPPeer() }
        let second = try await Self.peer(200)
        let (agent, _) = try await LoopbackTests.agent(Self.quick)
        let uri = SIPURI(user: "acme", host: "carrier.test")
        let outcome = await agent.send(
            OutgoingRequest(
                method: .register,
                uri: uri,
                from: NameAddress(uri: uri),
                to: NameAddress(uri: uri),
                way: .target(Self.target([first.port, second.port]))
            )
        )
        #expect(outcome.status == 200 && outcome.flow?.port == second.port)
        let (one, other) = (try await first.request(.register), try await second.request(.register))
        #expect(one.headers[.callID] == other.headers[.callID] && one.headers[.cseq] == other.headers[.cseq])
        #expect(one.headers.topVia?.branch != other.headers.topVia?.branch)
        for peer in [first, second] { await peer.stop() }
        await agent.shutDown()
    }

    @Test func aHostThatIsNotFoundIsAFailureOfTheTransport() async throws {
        let (agent, _) = try await LoopbackTests.agent(locator: SIPLocator(FixedNames()))
        var invitation = Self.invitation([])
        invitation.target = SIPTarget(host: "nowhere.test", port: nil, transport: .udp)
        try await LoopbackTests.expectFailure(.transport, agent, invitation)
        await agent.shutDown()
    }
}
