import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// What can happen to a call of ours whose peer does what it likes.
@Suite(.timeLimit(.minutes(1))) struct CallerFlowTests {
    /// A response with a second Via is for somebody else (RFC 3261 section 8.1.3.3, RFC 4475 section 3.3.10).
    @Test func aResponseWithTwoViasIsDropped() async throws {
        let (agent, _) = try await LoopbackTests.agent()
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite, case .response(var astray)? = Self.parsed(200, request) else { return [] }
            astray.headers.add(.via, "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23")
            return [astray.bytes, RawSIPPeer.response(486, to: request)]
        }
        let failure = try await LoopbackTests.failure(agent, LoopbackTests.invitation(to: peer.port))
        #expect(failure == .status(486, q850: nil))
        #expect(agent.counters.unmatchedResponses.load(ordering: .relaxed) >= 1)
        await peer.stop()
        await agent.shutDown()
    }

    /// The answer and our CANCEL cross: the call that came about is acknowledged and hung up (RFC 3261 section 9.1).
    @Test func anAnswerThatCrossesOurCancelIsHungUp() async throws {
        let (agent, _) = try await LoopbackTests.agent()
        let invites = Locked<[SIPRequest]>([])
        let peer = try await RawSIPPeer { request in
            switch request.method {
            case .invite:
                invites.withLock { $0.append(request) }
                return [RawSIPPeer.response(180, to: request)]
            case .cancel:
                let answer = invites.withLock { $0.first }.map { RawSIPPeer.response(200, to: $0) }
                return [RawSIPPeer.response(200, to: request)] + (answer.map { [$0] } ?? [])
            case .bye: return [RawSIPPeer.response(200, to: request)]
            default: return []
            }
        }
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let session = agent.invite(LoopbackTests.invitation(to: peer.port)) { yield.yield($0) }
        var failure: SessionFailure?
        for await event in events {
            if case .provisional = event { session.hangUp() }
            if case .failed(let reason) = event {
                failure = reason
                break
            }
        }
        #expect(failure == .canceled)
        let ack = try await peer.request(.ack)
        let bye = try await peer.request(.bye)
        #expect(ack.headers.cseq == CSeq(1, .ack) && bye.headers.to?.tag == "trunk-7c1")
        await peer.stop()
        await agent.shutDown()
    }

    /// Both sides change the call at once: theirs is refused with 491 while ours is under way (RFC 3261 section 14.2),
    /// and so is an UPDATE with an offer; one without is no offer, and no glare.
    @Test func glareIsRefused() async throws {
        let short: (inout SIPConfiguration) -> Void = {
            $0.sessionExpires = .seconds(2)
            $0.minSessionExpires = .seconds(1)
        }
        let (agent, port) = try await LoopbackTests.agent(short)
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite, request.headers.to?.tag == nil else { return [] }
            guard case .response(var answer)? = Self.parsed(200, request) else { return [] }
            answer.headers.add(.sessionExpires, "2;refresher=uac")
            return [answer.bytes]
        }
        let session = agent.invite(LoopbackTests.invitation(to: peer.port)) { _ in }
        session.answerOffers { $0 }
        // Our refresh, which the peer leaves without an answer.
        let refresh = try await Waiting.until {
            peer.requests.first { $0.method == .invite && $0.headers.to?.tag != nil }
        }
        for (method, number, body, status) in [
            ("INVITE", 1, "v=0", 491), ("UPDATE", 2, "v=0", 491), ("UPDATE", 3, "", 200),
        ] {
            try await peer.send(Self.within(refresh, method, number, body, from: peer), to: port)
            let response = try await Waiting.until {
                peer.responses.first {
                    $0.headers.cseq?.method.rawValue == method && $0.headers.cseq?.number == UInt32(number)
                }
            }
            #expect(response.status == status, "\(method) \(number)")
        }
        await peer.stop()
        await agent.shutDown()
    }

    private static func parsed(_ status: Int, _ request: SIPRequest) -> SIPMessage? {
        try? SIPParser().parse(RawSIPPeer.response(status, to: request))
    }

    /// A request of the callee in the dialog of one of the caller's.
    private static func within(
        _ request: SIPRequest,
        _ method: String,
        _ number: Int,
        _ body: String,
        from peer: RawSIPPeer
    ) -> [UInt8] {
        let method = SIPMethod(rawValue: method)
        var own = SIPRequest(method: method, uri: request.headers.contact?.uri ?? request.uri)
        own.headers.add(.via, "SIP/2.0/UDP 127.0.0.1:\(peer.port);branch=z9hG4bKtheirs\(number)")
        own.headers.add(.from, request.headers[.to] ?? "")
        own.headers.add(.to, request.headers[.from] ?? "")
        own.headers.add(.callID, request.headers.callID ?? "")
        own.headers.add(.cseq, CSeq(UInt32(number), method).text)
        own.headers.add(.contact, "<sip:trunk@127.0.0.1:\(peer.port)>")
        if !body.isEmpty { own.headers.add(.contentType, "application/sdp") }
        own.body = Array(body.utf8)
        return own.bytes
    }
}
