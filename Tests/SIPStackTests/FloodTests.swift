import SIPWire
import Synchronization
import TestSupport
import Testing

@testable import SIPStack

/// A flood from one address, over real sockets: everybody else is answered as before.
@Suite(.timeLimit(.minutes(1))) struct FloodTests {
    private static func agent() async throws -> (agent: SIPUserAgent, port: Int) {
        try await LoopbackTests.agent { (configuration: inout SIPConfiguration) in
            (configuration.sourceLimits.perSecond, configuration.sourceLimits.burst) = (1, 10)
        }
    }

    private static let oneFailure: @Sendable (inout SIPConfiguration) -> Void = { $0.sourceLimits.failures = 1 }

    private static func flood(_ peer: RawSIPPeer, _ port: Int, count: Int, as name: String = "f") async throws {
        for index in 0..<count {
            let text = IncomingTests.request(
                "OPTIONS",
                from: peer,
                via: "127.0.0.2:5060;rport",
                branch: "z9hG4bK\(name)\(index)"
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

    @Test func aTrunkMaySendMoreThanOthers() async throws {
        let (agent, port) = try await Self.agent()
        await agent.knowTrunks(["carrier"]) { $0 == "127.0.0.2" ? TrunkLane(name: "carrier") : nil }
        let flooder = try await RawSIPPeer(host: "127.0.0.2")
        try await Self.flood(flooder, port, count: 60)
        // A busy machine's sockets may lose some; of a stranger no more than a dozen would be answered.
        try await Waiting.until { flooder.responses.count > 25 ? true : nil }
        #expect(agent.counters.throttled.load(ordering: .relaxed) == 0)
        await flooder.stop()
        await agent.shutDown()
    }

    /// A trunk has one limit for all its addresses; other trunks have theirs.
    @Test func aTrunkThatSendsTooMuchIsToldSo() async throws {
        let (agent, port) = try await LoopbackTests.agent { (configuration: inout SIPConfiguration) in
            (configuration.trunkLimits.perSecond, configuration.trunkLimits.burst) = (1, 10)
        }
        await agent.knowTrunks(["broken", "good"]) { address in
            TrunkLane(name: address == "127.0.0.1" ? "good" : "broken")
        }
        let floods = [try await RawSIPPeer(host: "127.0.0.2"), try await RawSIPPeer(host: "127.0.0.3")]
        for (index, peer) in floods.enumerated() { try await Self.flood(peer, port, count: 40, as: "f\(index)-") }
        try await Waiting.until { floods.allSatisfy { peer in peer.responses.count == 40 } ? true : nil }
        let responses = floods.flatMap(\.responses)
        let refused = responses.count { $0.status == 503 && $0.headers.integer(.retryAfter) != nil }
        #expect(refused >= 50 && refused <= 70 && responses.count { $0.status == 200 } == 80 - refused)
        #expect(agent.counters.refusedOfTrunks == [TrunkRefusal(trunk: "broken", reason: .rate): refused])
        let good = try await RawSIPPeer()
        try await good.ask(IncomingTests.request("OPTIONS", from: good), to: port, 200)
        for peer in floods + [good] { await peer.stop() }
        await agent.shutDown()
    }

    /// Somebody guesses a password from where a trunk is: that account is closed from there, and the trunk calls on.
    @Test func guessesFromATrunksAddressDoNotCutTheTrunk() async throws {
        let source = Locked<SIPFlow?>(nil)
        let oneFailure = { @Sendable (configuration: inout SIPConfiguration) in configuration.trunkLimits.failures = 1 }
        let (agent, port) = try await LoopbackTests.agent(oneFailure) { session in
            source.withLock { $0 = session.source }
            session.answer(body: LoopbackTests.offer)
        }
        await agent.knowTrunks(["carrier"]) { _ in TrunkLane(name: "carrier", account: "acme") }
        let peer = try await RawSIPPeer()
        let tag = try await peer.ask(IncomingTests.invite(from: peer), to: port, 200).headers.to?.tag
        let flow = try #require(source.withLock { $0 })
        for account in ["u1", "acme"] { agent.blame(flow, claiming: account) }
        // Done before the next message is read.
        _ = await agent.takesCalls()
        func claim(_ account: String) -> [String] {
            [#"Authorization: Digest username="\#(account)", realm="a", nonce="b", uri="sip:a", response="c""#]
        }
        let guess = IncomingTests.request("OPTIONS", from: peer, branch: "z9hG4bKg", more: claim("u1"))
        try await peer.send(Array(guess.utf8), to: port)
        try await Waiting.until { agent.counters.banned.load(ordering: .relaxed) == 1 ? true : nil }
        #expect(agent.counters.refusedOfTrunks == [TrunkRefusal(trunk: "carrier", reason: .password): 1])
        for (branch, account) in [("z9hG4bKh", "u2"), ("z9hG4bKi", "acme")] {
            let other = IncomingTests.request("OPTIONS", from: peer, branch: branch, more: claim(account))
            try await peer.send(Array(other.utf8), to: port)
            try await Waiting.until {
                peer.responses.contains { $0.headers.topVia?.branch == branch && $0.status == 200 } ? true : nil
            }
        }
        let bye = IncomingTests.request("BYE", from: peer, tag: tag, number: 2, branch: "z9hG4bKc")
        try await peer.send(Array(bye.utf8), to: port)
        try await Waiting.until { peer.responses.contains { $0.headers.cseq?.method == .bye } ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }

    /// Requests within a call are looked at by their pace alone, so that the table of transactions stays everybody's; and the call
    /// can be hung up all the same.
    @Test func aFloodWithinACallFillsNoTable() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) {
            $0.answer(body: LoopbackTests.offer)
        }
        await agent.knowTrunks(["carrier"]) { _ in TrunkLane(name: "carrier") }
        let peer = try await RawSIPPeer()
        let tag = try await peer.ask(IncomingTests.invite(from: peer), to: port, 200).headers.to?.tag
        try await peer.send(
            Array(IncomingTests.request("ACK", from: peer, tag: tag, branch: "z9hG4bKa").utf8),
            to: port
        )
        let throttled = { @Sendable in agent.counters.throttled.load(ordering: .relaxed) }
        let answered = { @Sendable in peer.responses.count { $0.headers.cseq?.method == .info } }
        for number in 2...1500 {
            let text = IncomingTests.request("INFO", from: peer, tag: tag, number: number, branch: "z9hG4bKi\(number)")
            try await peer.send(Array(text.utf8), to: port)
            // As fast as they are read, and no faster: what the socket drops tells nothing.
            if number % 50 == 0 {
                try await Waiting.until { answered() + throttled() == number - 1 ? true : nil }
            }
        }
        #expect(throttled() > 300)
        #expect(agent.counters.refusedOfTrunks == [TrunkRefusal(trunk: "carrier", reason: .call): throttled()])
        #expect(await agent.load().transactions < 1000)
        let bye = IncomingTests.request("BYE", from: peer, tag: tag, number: 5000, branch: "z9hG4bKc")
        try await peer.send(Array(bye.utf8), to: port)
        try await Waiting.until { peer.responses.contains { $0.headers.cseq?.method == .bye } ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }

    /// A tag that names no call is no way past the limit.
    @Test func whoPretendsToBelongToACallIsLimitedToo() async throws {
        let (agent, port) = try await Self.agent()
        let peer = try await RawSIPPeer()
        for index in 0..<60 {
            let text = IncomingTests.request("INFO", from: peer, tag: "made-up", branch: "z9hG4bKf\(index)")
            try await peer.send(Array(text.utf8), to: port)
        }
        try await Waiting.until {
            agent.counters.throttled.load(ordering: .relaxed) + peer.responses.count == 60 ? true : nil
        }
        #expect(peer.responses.count < 40 && peer.responses.allSatisfy { $0.status == 481 })
        await peer.stop()
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
        agent.blame(try #require(blamed.withLock { $0 }), claiming: "u1")
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
