import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// What a user agent says to requests of a peer that we did not write: text over UDP.
@Suite(.timeLimit(.minutes(1))) struct IncomingTests {
    static func request(
        _ method: String,
        from peer: RawSIPPeer,
        via: String? = nil,
        tag: String? = nil,
        number: Int = 1,
        branch: String = "z9hG4bKone",
        more: [String] = [],
        body: String = ""
    ) -> String {
        let lines =
            [
                "\(method) sip:sautikit@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP \(via ?? "127.0.0.1:\(peer.port)");branch=\(branch)",
                "From: <sip:peer@127.0.0.1>;tag=theirs",
                "To: <sip:sautikit@127.0.0.1>" + (tag.map { ";tag=\($0)" } ?? ""),
                "Call-ID: call-1", "CSeq: \(number) \(method)", "Max-Forwards: 70",
            ] + more
        return lines.joined(separator: "\r\n") + "\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    static func invite(from peer: RawSIPPeer, more: [String] = []) -> String {
        request("INVITE", from: peer, more: ["Contact: <sip:peer@127.0.0.1:\(peer.port)>"] + more)
    }

    @Test func whatBelongsToNoCallIsToldSo() async throws {
        let (agent, port) = try await LoopbackTests.agent()
        let cases = [
            ("OPTIONS", 200), ("BYE", 481), ("CANCEL", 481), ("INFO", 481), ("UPDATE", 481), ("REGISTER", 405),
            ("SUBSCRIBE", 501), ("INVITE", 503),
        ]
        for (method, status) in cases {
            let peer = try await RawSIPPeer()
            let text = method == "INVITE" ? Self.invite(from: peer) : Self.request(method, from: peer)
            let response = try await peer.ask(text, to: port, status)
            #expect(response.headers.to?.tag != nil && response.headers.cseq?.method.rawValue == method)
            if method == "OPTIONS" {
                #expect(response.headers.list(.allow).contains("BYE") && response.headers.has("timer", in: .supported))
            }
            await peer.stop()
        }
        let peer = try await RawSIPPeer()
        try await peer.ask(Self.request("BYE", from: peer, tag: "nobody"), to: port, 481)
        await peer.stop()
        await agent.shutDown()
    }

    @Test func invitesThatCannotBeAreRefused() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { $0.ring() }
        let cases = [
            (["Require: 100rel, timer"], 420, SIPHeaderName.unsupported, "100rel"),
            (["Session-Expires: 30"], 422, .minSE, "90"),
        ]
        for (more, status, header, value) in cases {
            let peer = try await RawSIPPeer()
            let response = try await peer.ask(Self.invite(from: peer, more: more), to: port, status)
            #expect(response.headers[header] == value)
            await peer.stop()
        }
        let peer = try await RawSIPPeer()
        try await peer.ask(Self.request("INVITE", from: peer), to: port, 400)
        await peer.stop()
        await agent.shutDown()
    }

    @Test func badBytesAreAnsweredOrDroppedAndCounted() async throws {
        let (agent, port) = try await LoopbackTests.agent()
        let peer = try await RawSIPPeer()
        let good = Self.request("OPTIONS", from: peer)
        try await peer.send(Array("not a message at all\r\n\r\n".utf8), to: port)
        try await peer.send([0, 255, 0, 255], to: port)
        let strange = Self.request("ACK", from: peer).replacing("1 ACK", with: "1 BYE")
        try await peer.send(Array(strange.utf8), to: port)
        try await peer.send(Array("SIP/2.0 200 OK\r\n\r\n".utf8), to: port)
        let response = try await peer.ask(good.replacing("1 OPTIONS", with: "1 BYE"), to: port, 400)
        #expect(response.reason.hasPrefix("Bad Request"))
        // Four arrived before it, and none of them was worth an answer.
        #expect(peer.responses.count == 1)
        #expect(agent.counters.unreadable.load(ordering: .relaxed) == 3)
        #expect(agent.counters.badRequests.load(ordering: .relaxed) == 2)
        try await peer.ask(good, to: port, 200)
        await peer.stop()
        await agent.shutDown()
    }

    /// RFC 3581: the source port is told and used when asked for; RFC 3261 section 18.2.2: else the one in `Via`.
    @Test func responsesGoWhereViaSays() async throws {
        let (agent, port) = try await LoopbackTests.agent()
        let (behindNAT, plain, other) = (try await RawSIPPeer(), try await RawSIPPeer(), try await RawSIPPeer())
        let mapped = Self.request("OPTIONS", from: behindNAT, via: "192.0.2.7:5999;rport")
        let response = try await behindNAT.ask(mapped, to: port, 200)
        #expect(response.headers.topVia?.parameters["rport"] == "\(behindNAT.port)")
        #expect(response.headers.topVia?.parameters["received"] == "127.0.0.1")
        #expect(response.headers.topVia?.host == "192.0.2.7")

        try await plain.send(Array(Self.request("OPTIONS", from: other).utf8), to: port)
        let elsewhere = try await Waiting.until { other.responses.first }
        #expect(elsewhere.status == 200 && elsewhere.headers.topVia?.parameters.has("received") == false)
        #expect(plain.responses.isEmpty)
        for peer in [behindNAT, plain, other] { await peer.stop() }
        await agent.shutDown()
    }

    @Test func anInviteThatComesAgainIsAnsweredAgainAndRingsOnce() async throws {
        let rang = Atomic<Int>(0)
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            rang.add(1, ordering: .relaxed)
            session.reject(status: 486)
        }
        let peer = try await RawSIPPeer()
        let invite = Self.invite(from: peer)
        let busy = try await peer.ask(invite, to: port, 486)
        let before = peer.responses.count { $0.status == 486 }
        try await peer.send(Array(invite.utf8), to: port)
        try await Waiting.until { peer.responses.count { $0.status == 486 } > before ? true : nil }
        #expect(rang.load(ordering: .relaxed) == 1)
        // The ACK ends the repeating, and belongs to the same transaction.
        try await peer.send(Array(Self.request("ACK", from: peer, tag: busy.headers.to?.tag).utf8), to: port)
        #expect(Set(peer.responses.filter { $0.status == 486 }.compactMap { $0.headers.to?.tag }).count == 1)
        // An answer that was due anyway may have come before that to the second INVITE.
        try await Waiting.until { agent.counters.requestRetransmissions.load(ordering: .relaxed) >= 1 ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }

    @Test func aCancelEndsTheRinging() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { $0.ring() }
        let peer = try await RawSIPPeer()
        try await peer.ask(Self.invite(from: peer), to: port, 180)
        try await peer.ask(Self.request("CANCEL", from: peer), to: port, 487)
        #expect(peer.responses.contains { $0.status == 200 && $0.headers.cseq?.method == .cancel })
        try await Waiting.until { await agent.load().sessions == 0 ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }

    /// An answer that nobody acknowledges is repeated, and the call is hung up in the end (RFC 3261 section 13.3.1.4).
    @Test func anAnswerThatIsNotAcknowledgedIsRepeatedAndGivenUp() async throws {
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let impatient: @Sendable (inout SIPConfiguration) -> Void = { $0.timers.t1 = .milliseconds(20) }
        let (agent, port) = try await LoopbackTests.agent(impatient) { session in
            session.onEvents { yield.yield($0) }
            session.answer(body: LoopbackTests.offer)
        }
        let peer = try await RawSIPPeer { request in
            request.method == .bye ? [RawSIPPeer.response(200, to: request)] : []
        }
        try await peer.ask(Self.invite(from: peer), to: port, 200)
        let end = try await Waiting.first(of: events)
        guard case .ended(.noAcknowledgement) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(peer.responses.count { $0.status == 200 } >= 5)
        try await peer.request(.bye)
        await peer.stop()
        await agent.shutDown()
    }

    @Test func aHoldIsAnsweredAndAnOldRequestIsRefused() async throws {
        let offers = Locked<[[UInt8]]>([])
        let held =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=sendonly\r\n"
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { session in
            session.answerOffers { offer in
                offers.withLock { $0.append(offer) }
                return Array("held".utf8)
            }
            session.answer(body: LoopbackTests.offer)
        }
        let peer = try await RawSIPPeer()
        let answer = try await peer.ask(Self.invite(from: peer), to: port, 200)
        let tag = answer.headers.to?.tag
        try await peer.send(Array(Self.request("ACK", from: peer, tag: tag, branch: "z9hG4bKack").utf8), to: port)
        let hold = Self.request(
            "INVITE",
            from: peer,
            tag: tag,
            number: 5,
            branch: "z9hG4bKhold",
            more: ["Contact: <sip:peer@127.0.0.1:\(peer.port)>", "Content-Type: application/sdp"],
            body: held
        )
        try await peer.send(Array(hold.utf8), to: port)
        let answered = try await Waiting.until { peer.responses.first { $0.body == Array("held".utf8) } }
        #expect(answered.status == 200 && answered.headers.cseq == CSeq(5, .invite))
        #expect(offers.withLock { $0 } == [Array(held.utf8)])
        try await peer.send(
            Array(Self.request("ACK", from: peer, tag: tag, number: 5, branch: "z9hG4bKa2").utf8),
            to: port
        )
        // A number that was used already belongs to another time (RFC 3261 section 12.2.2).
        try await peer.ask(Self.request("INFO", from: peer, tag: tag, number: 4, branch: "z9hG4bKold"), to: port, 500)
        try await peer.send(
            Array(Self.request("BYE", from: peer, tag: tag, number: 6, branch: "z9hG4bKbye").utf8),
            to: port
        )
        try await Waiting.until { peer.responses.first { $0.headers.cseq == CSeq(6, .bye) } }
        try await Waiting.until { await agent.load().sessions == 0 ? true : nil }
        await peer.stop()
        await agent.shutDown()
    }
}
