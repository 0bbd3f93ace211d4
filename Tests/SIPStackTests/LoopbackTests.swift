import Logging
import NIOPosix
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Two user agents over real sockets.
@Suite(.timeLimit(.minutes(2))) struct LoopbackTests {
    static let offer = Array(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n".utf8
    )

    static let unchanged: @Sendable (inout SIPConfiguration) -> Void = { _ in }

    static func agent(
        _ change: (inout SIPConfiguration) -> Void = unchanged,
        locator: SIPLocator = SIPLocator(FixedNames(hosts: ["localhost": ["127.0.0.1"]])),
        onInvite: (@Sendable (SIPSession) -> Void)? = nil
    ) async throws -> (agent: SIPUserAgent, port: Int) {
        var configuration = SIPConfiguration()
        configuration.port = 0
        // 64 x T1 is how long a peer may be silent: 16 s is enough on a machine that is busy with other tests.
        configuration.timers.t1 = .milliseconds(250)
        change(&configuration)
        let agent = SIPUserAgent(
            configuration: configuration,
            group: SIPLoops.group,
            locator: locator,
            logger: Logger(label: "test")
        )
        return (agent, try await agent.start(onInvite: onInvite))
    }

    static func invitation(to port: Int, _ transport: SIPTransport = .udp) -> OutgoingInvitation {
        let uri = SIPURI(user: "+254712345678", host: "127.0.0.1", port: port)
        return OutgoingInvitation(
            uri: uri,
            from: NameAddress(uri: SIPURI(user: "+254200000001", host: "127.0.0.1")),
            to: NameAddress(uri: uri),
            target: SIPTarget(host: "127.0.0.1", port: port, transport: transport),
            offer: offer
        )
    }

    @Test(arguments: [SIPTransport.udp, .tcp])
    func aCallIsAnsweredAndHungUpByTheCaller(transport: SIPTransport) async throws {
        let (caller, _) = try await Self.agent()
        let (calleeEvents, calleeYield) = AsyncStream.makeStream(of: String.self)
        let (callee, port) = try await Self.agent(Self.unchanged) { session in
            session.onEvents { calleeYield.yield("\($0)") }
            session.ring()
            session.answer(body: Self.offer)
        }
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let session = caller.invite(Self.invitation(to: port, transport)) { yield.yield($0) }
        var seen: [String] = []
        for await event in events {
            switch event {
            case .provisional(let status, _): seen.append("\(status)")
            case .answered(let body):
                seen.append("answered")
                #expect(body == Self.offer)
                session.hangUp(q850: 16)
            case .ended(let end):
                seen.append("ended")
                #expect(end == .localBye)
                yield.finish()
            default: Issue.record("unexpected \(event)")
            }
        }
        #expect(seen == ["180", "answered", "ended"])
        var calleeSaw: [String] = []
        for await event in calleeEvents {
            calleeSaw.append(event)
            if event.hasPrefix("ended") { break }
        }
        #expect(calleeSaw == ["acknowledged(body: [])", "ended(SIPStack.SessionEnd.remoteBye(q850: Optional(16)))"])
        await caller.shutDown()
        await callee.shutDown()
    }

    @Test func refusalsAndCancelsAreReported() async throws {
        let (caller, _) = try await Self.agent()
        let (callee, port) = try await Self.agent(Self.unchanged) { session in
            if session.request.uri.user == "busy" { session.reject(status: 486) } else { session.ring() }
        }
        var busy = Self.invitation(to: port)
        busy.uri.user = "busy"
        try await Self.expectFailure(.status(486, q850: nil), caller, busy)
        var ringing = Self.invitation(to: port)
        // Long enough for a busy machine to have said that it rings.
        ringing.ringTimeout = .seconds(5)
        try await Self.expectFailure(.ringTimeout, caller, ringing)
        let nobody = Self.invitation(to: 9, .tcp)
        try await Self.expectFailure(.transport, caller, nobody)
        let (silent, silentPort) = try await Self.agent { $0.transactionLimit = 1 }
        await silent.shutDown()
        let (impatient, _) = try await Self.agent { $0.timers.t1 = .milliseconds(10) }
        try await Self.expectFailure(.noResponse, impatient, Self.invitation(to: silentPort))
        await impatient.shutDown()
        await caller.shutDown()
        await callee.shutDown()
    }

    @Test func theSessionTimerKeepsAndEndsACall() async throws {
        let short: (inout SIPConfiguration) -> Void = {
            $0.sessionExpires = .seconds(6)
            $0.minSessionExpires = .seconds(1)
            $0.timers.t1 = .milliseconds(50)
        }
        let (caller, _) = try await Self.agent(short)
        let (callee, port) = try await Self.agent(short) { session in
            session.answerOffers { _ in Self.offer }
            session.answer(body: Self.offer)
        }
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        caller.invite(Self.invitation(to: port)) { yield.yield($0) }
        var hasShutDown = false
        for await event in events {
            if case .refreshed(let body) = event, !hasShutDown {
                hasShutDown = true
                #expect(body == Self.offer)
                // The callee vanishes without a BYE; the next refresh finds nobody.
                await callee.shutDown()
            }
            if case .failed(let failure) = event {
                Issue.record("\(failure)")
                break
            }
            if case .ended(let end) = event {
                #expect(end == .expired)
                break
            }
        }
        #expect(hasShutDown)
        await caller.shutDown()
    }

    @Test func nothingIsLeftAfterManyCalls() async throws {
        let brief: @Sendable (inout SIPConfiguration) -> Void = { $0.timers.t4 = .milliseconds(50) }
        let (caller, _) = try await Self.agent(brief)
        let (callee, port) = try await Self.agent(brief) { $0.answer(body: Self.offer) }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
                    let session = caller.invite(Self.invitation(to: port)) { yield.yield($0) }
                    for await event in events {
                        if case .answered = event { session.hangUp() }
                        if case .ended = event { return }
                        if case .failed(let failure) = event {
                            Issue.record("\(failure)")
                            return
                        }
                    }
                }
            }
        }
        #expect(await caller.load().sessions == 0)
        await caller.shutDown()
        await callee.shutDown()
    }

    static func expectFailure(
        _ expected: SessionFailure,
        _ agent: SIPUserAgent,
        _ invitation: OutgoingInvitation,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let failure = try await failure(agent, invitation)
        #expect(failure == expected, sourceLocation: location)
    }

    static func failure(_ agent: SIPUserAgent, _ invitation: OutgoingInvitation) async throws -> SessionFailure? {
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        agent.invite(invitation) { yield.yield($0) }
        for await event in events {
            if case .failed(let failure) = event { return failure }
        }
        return nil
    }
}
