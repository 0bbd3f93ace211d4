import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// Changes within a call, message by message, as RFC 3261 section 14, RFC 3264 and RFC 3311 have them.
@Suite(.timeLimit(.minutes(1))) struct CallFlowTests {
    static let changed = String(decoding: LoopbackTests.offer, as: UTF8.self).replacing("4000", with: "4002")

    /// An offer may come in the 2xx: the re-INVITE is empty, our description is the offer, and the ACK has the answer.
    @Test func anEmptyReinviteAsksForOurOffer() async throws {
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.onEvents { yield.yield($0) }
            session.answer(body: LoopbackTests.offer)
        }
        let call = try await RawCall.answered(at: port)
        let offer = try await call.ask("INVITE", 2, 200)
        #expect(offer.body == LoopbackTests.offer && offer.headers[.contentType] == "application/sdp")
        try await call.send("ACK", 2, body: Self.changed)
        let answer = try await Waiting.first(of: events) { event in
            if case .acknowledged(let body) = event { !body.isEmpty } else { false }
        }
        guard case .acknowledged(let body) = answer else { return }
        #expect(body == Array(Self.changed.utf8))
        try await call.ask("BYE", 3, 200)
        await call.peer.stop()
        await agent.shutDown()
    }

    /// The 2xx to a re-INVITE is repeated like the first one: the transaction absorbs what the peer repeats.
    @Test func aReinvitesAnswerIsRepeatedUntilItsACK() async throws {
        let quick: @Sendable (inout SIPConfiguration) -> Void = {
            $0.timers.t1 = .milliseconds(100)
        }
        let (agent, port) = try await LoopbackTests.agent(quick) { session in
            session.answerOffers { _ in Array("answer".utf8) }
            session.answer(body: LoopbackTests.offer)
        }
        let call = try await RawCall.answered(at: port)
        try await call.send("INVITE", 2, body: Self.changed)
        try await Waiting.until { call.count(.invite, 2) >= 3 ? true : nil }
        #expect(call.peer.responses.last?.body == Array("answer".utf8))
        // An ACK of another INVITE is not this one's.
        try await call.send("ACK", 1)
        let before = call.count(.invite, 2)
        try await Waiting.until { call.count(.invite, 2) > before ? true : nil }
        try await call.send("ACK", 2)
        try await call.ask("INFO", 3, 200)
        let after = call.count(.invite, 2)
        try await call.ask("BYE", 4, 200)
        #expect(call.count(.invite, 2) == after)
        await call.peer.stop()
        await agent.shutDown()
    }

    /// An offer that is refused changes nothing (RFC 3261 section 14.2): the call goes on as it was.
    @Test func aRefusedOfferLeavesTheCallAsItWas() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.answerOffers { $0 == Array(Self.changed.utf8) ? Array("fine".utf8) : nil }
            session.answer(body: LoopbackTests.offer)
        }
        let call = try await RawCall.answered(at: port)
        try await call.ask("INVITE", 2, body: "v=0", 488)
        try await call.send("ACK", 2)
        try await call.ask("INVITE", 3, body: "<sdp/>", more: ["Content-Encoding: gzip"], 415)
        try await call.send("ACK", 3)
        let update = try await call.ask("UPDATE", 4, body: Self.changed, 200)
        #expect(update.body == Array("fine".utf8))
        // Without an offer UPDATE only keeps the session alive (RFC 4028 section 7.4).
        let refresh = try await call.ask("UPDATE", 5, more: ["Supported: timer", "Session-Expires: 600"], 200)
        #expect(refresh.body.isEmpty && refresh.headers[.sessionExpires]?.hasPrefix("600;") == true)
        try await call.ask("INVITE", 6, more: ["Require: 100rel"], 420)
        let unknown = try await call.ask("MESSAGE", 7, 405)
        #expect(unknown.headers.list(.allow).contains("UPDATE"))
        try await call.ask("BYE", 8, 200)
        await call.peer.stop()
        await agent.shutDown()
    }

    /// Before the answer there is nothing to change yet, and a caller may give up by BYE (RFC 3261 section 15.1.1).
    @Test func whatComesBeforeTheAnswer() async throws {
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.onEvents { yield.yield($0) }
            session.ring()
        }
        let peer = try await RawSIPPeer()
        let ringing = try await peer.ask(IncomingTests.invite(from: peer), to: port, 180)
        let call = RawCall(peer: peer, port: port, tag: ringing.headers.to?.tag)
        for (method, number) in [("UPDATE", 2), ("INVITE", 3)] {
            let later = try await call.ask(method, number, body: Self.changed, 500)
            #expect(later.headers.integer(.retryAfter).map { (0...10).contains($0) } == true)
        }
        try await call.send("ACK", 3)
        try await call.ask("BYE", 4, 200)
        try await Waiting.until { peer.responses.first { $0.status == 487 && $0.headers.cseq == CSeq(1, .invite) } }
        guard case .failed(.canceled) = try await Waiting.first(of: events) else {
            Issue.record("the call is not told to be over")
            return
        }
        await peer.stop()
        await agent.shutDown()
    }

    /// CANCEL after the answer comes too late: it is answered, and the call stands (RFC 3261 section 9.2).
    @Test func aCancelThatComesTooLateChangesNothing() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) {
            $0.answer(body: LoopbackTests.offer)
        }
        let call = try await RawCall.answered(at: port)
        try await call.peer.ask(IncomingTests.request("CANCEL", from: call.peer), to: port, 200)
        try await Waiting.until { call.count(.cancel, 1) == 1 ? true : nil }
        try await call.ask("INFO", 2, 200)
        try await call.ask("BYE", 3, 200)
        await call.peer.stop()
        await agent.shutDown()
    }

    /// RFC 2543's peers have no tag in From, no cookie in the branch and need no Contact (RFC 4475 section 3.4.1): what
    /// they repeat is recognised all the same, and so is their ACK.
    @Test func aCallFromBeforeRFC3261() async throws {
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.onEvents { yield.yield($0) }
            session.answer(body: LoopbackTests.offer)
        }
        // Over TCP, where the answer comes back whatever Via says.
        let (named, peer) = (try await RawSIPPeer(), try await RawSIPStream(port: port))
        func old(_ method: String, _ number: Int = 1, tag: String? = nil) -> [UInt8] {
            let text = IncomingTests.request(method, from: named, tag: tag, number: number)
            return Array(text.replacing(";branch=z9hG4bKone", with: "").replacing(";tag=theirs", with: "").utf8)
        }
        let answer = try await peer.ask(old("INVITE"))
        #expect(answer.status == 200 && answer.headers.from?.tag == nil && answer.headers.topVia?.branch == nil)
        try await peer.send(old("INVITE"))
        try await Waiting.until { agent.counters.requestRetransmissions.load(ordering: .relaxed) == 1 ? true : nil }
        try await peer.send(old("ACK", tag: answer.headers.to?.tag))
        guard case .acknowledged = try await Waiting.first(of: events) else {
            Issue.record("the ACK belongs to nothing")
            return
        }
        let load = await agent.load()
        #expect(load.sessions == 1)
        try await peer.send(old("BYE", 2, tag: answer.headers.to?.tag))
        try await Waiting.until { await agent.load().sessions == 0 ? true : nil }
        await named.stop()
        await peer.stop()
        await agent.shutDown()
    }
}
