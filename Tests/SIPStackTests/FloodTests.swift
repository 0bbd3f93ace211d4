import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// A flood from one address, over real sockets: everybody else is answered as before.
@Suite(.timeLimit(.minutes(1))) struct FloodTests {
    private static func agent() async throws -> (agent: SIPUserAgent, port: Int) {
        try await LoopbackTests.agent { (configuration: inout SIPConfiguration) in
            (configuration.sourceLimits.perSecond, configuration.sourceLimits.burst) = (1, 10)
        }
    }

    private static let oneFailure: @Sendable (inout SIPConfiguration) -> Void = { $0.sourceLimits.failures = 1 }

    private static func flood(_ peer: RawSIPPeer, _ port: Int, count: Int) async throws {
        for index in 0..<count {
            let text = IncomingTests.request(
                "OPTIONS",
                from: peer,
                via: "127.0.0.2:5060;rport",
                branch: "z9hG4bKf\(index)"
            )
            try await peer.send(Array(text.utf8), to: port)
        }
    }

    @Test func oneAddressIsSlowedDownAndNoOther() async throws {
        let (agent, port) = try await Self.agent()
        let (flooder, peer) = (try await RawSIPPeer(host: "127.0.0.2"), try await RawSIPPeer())
        try await Self.flood(flooder, port, count: 60)
        let throttled = { @Sendable in agent.counters.throttled.load(ordering: .relaxed) }
        try await Waiting.until { throttled() + flooder.responses.count == 60 ? true : nil }
        try await peer.ask(IncomingTests.request("OPTIONS", from: peer), to: port, 200)
        // Ten at once, and one for each second since.
        #expect(flooder.responses.count >= 10 && throttled() > 0)
        for one in [flooder, peer] { await one.stop() }
        await agent.shutDown()
    }

    @Test func whoIsTrustedMaySendAsMuchAsItLikes() async throws {
        let (agent, port) = try await Self.agent()
        await agent.trust { $0 == "127.0.0.2" }
        let flooder = try await RawSIPPeer(host: "127.0.0.2")
        try await Self.flood(flooder, port, count: 60)
        // A busy machine's sockets may lose some; of a stranger no more than a dozen would be answered.
        try await Waiting.until { flooder.responses.count > 25 ? true : nil }
        #expect(agent.counters.throttled.load(ordering: .relaxed) == 0)
        await flooder.stop()
        await agent.shutDown()
    }

    @Test func whoIsBannedIsNotAnsweredButItsCallGoesOn() async throws {
        let blamed = Locked<SIPFlow?>(nil)
        let (agent, port) = try await LoopbackTests.agent(Self.oneFailure) { session in
            session.answer(body: LoopbackTests.offer)
            blamed.withLock { $0 = session.source }
        }
        let peer = try await RawSIPPeer()
        let answer = try await peer.ask(IncomingTests.invite(from: peer), to: port, 200)
        let tag = answer.headers.to?.tag
        agent.blame(try #require(blamed.withLock { $0 }))
        // Done before the next message is read.
        _ = await agent.takesCalls()
        try await peer.send(
            Array(IncomingTests.request("ACK", from: peer, tag: tag, branch: "z9hG4bKa").utf8),
            to: port
        )
        try await peer.send(Array(IncomingTests.request("OPTIONS", from: peer, branch: "z9hG4bKb").utf8), to: port)
        try await Waiting.until { agent.counters.banned.load(ordering: .relaxed) == 1 ? true : nil }
        #expect(agent.counters.bans.load(ordering: .relaxed) == 1)
        let bye = IncomingTests.request("BYE", from: peer, tag: tag, number: 2, branch: "z9hG4bKc")
        try await peer.send(Array(bye.utf8), to: port)
        try await Waiting.until { peer.responses.contains { $0.headers.cseq?.method == .bye } ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }
}
