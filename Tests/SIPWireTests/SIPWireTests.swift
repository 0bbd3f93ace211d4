import SIPWire
import Testing

@Suite struct SIPWireTests {
    static let invite = """
        INVITE sip:+254712345678@carrier.example:5070;user=phone SIP/2.0\r
        v: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK77;rport, SIP/2.0/TCP proxy.example;branch=z9hG4bK76\r
        Max-Forwards: 70\r
        f: "Wanjiru, \\"Acme\\"" <sip:+254200000001@example.com>;tag=a1\r
        To: sip:+254712345678@carrier.example\r
        Call-ID: 3848276298220188511@10.0.0.1\r
        CSeq: 4711  INVITE\r
        Contact: <sip:caller@10.0.0.1:5060;transport=udp>\r
        Route: <sip:edge.example;lr>,\r
         <sip:core.example;lr>\r
        Session-Expires: 1800;refresher=uac\r
        Reason: SIP;cause=200, Q.850;cause=17;text="user busy"\r
        Content-Type: application/sdp\r
        l: 4\r
        \r
        v=0\r\n and more
        """

    @Test func anInviteIsRead() throws {
        guard case .request(let request) = try SIPParser().parse(Array(Self.invite.utf8)) else {
            Issue.record("no request")
            return
        }
        #expect(request.method == .invite)
        #expect(
            request.uri.user == "+254712345678" && request.uri.port == 5070 && request.uri.parameters["user"] == "phone"
        )
        #expect(request.headers.topVia?.branch == "z9hG4bK77")
        #expect(request.headers.list(.via).count == 2)
        #expect(request.headers.from?.displayName == "Wanjiru, \"Acme\"")
        #expect(request.headers.from?.tag == "a1")
        #expect(request.headers.to?.uri.host == "carrier.example")
        #expect(request.headers.cseq == CSeq(4711, .invite))
        #expect(request.headers.routes.map(\.uri.host) == ["edge.example", "core.example"])
        #expect(
            request.headers[.sessionExpires].flatMap { SessionExpires($0) }
                == SessionExpires(seconds: 1800, refresher: .uac)
        )
        #expect(SIPReason.q850Cause(request.headers) == 17)
        #expect(request.body == Array("v=0\r".utf8))
    }

    @Test func whatIsPrintedIsReadTheSame() throws {
        let message = try SIPParser().parse(Array(Self.invite.utf8))
        let again = try SIPParser().parse(message.bytes)
        #expect(try SIPParser().parse(again.bytes) == again)
        #expect(again.headers.from == message.headers.from && again.headers.routes == message.headers.routes)
    }

    @Test(arguments: [
        ("INVITE sip:a@b SIP/2.0\r\n\r\n", false), ("SIP/2.0 999 x\r\n\r\n", false), ("", false), ("\r\n\r\n", false),
        ("INVITE sip:a@b SIP/3.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n\r\n", true),
        (
            "BYE tel:+2547 SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n\r\n",
            true
        ),
        (
            "BYE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 ACK\r\n\r\n",
            true
        ),
        (
            "BYE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 BYE\r\nContent-Length: 9\r\n\r\n",
            true
        ),
        (
            "BYE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 BYE\r\nSubject: x\r\n bad\u{7F} header\r\n@: x\r\n\r\n",
            true
        ),
        ("SIP/2.0 200 O\rK\r\n\r\n", false),
        (
            "BYE sip:c@d SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 BYE\r\nSubject: a\r\r\n\r\n",
            true
        ),
    ])
    func badMessagesAreDroppedOrAnswered(text: String, isAnswered: Bool) {
        do {
            let message = try SIPParser().parse(Array(text.utf8))
            Issue.record("read as \(message)")
        } catch SIPParseError.refused {
            #expect(isAnswered)
        } catch {
            #expect(!isAnswered)
        }
    }

    @Test func tooManyHeadersAreToldSo() {
        let many = String(repeating: "X-More: 1\r\n", count: 200)
        let text = Self.invite.replacing("Content-Type: application/sdp\r\n", with: many)
        #expect {
            try SIPParser().parse(Array(text.utf8))
        } throws: { error in
            guard case .refused(let request, let refusal) = error as? SIPParseError else { return false }
            return refusal.status == 513 && refusal.problem.contains("128")
                && request.headers.topVia?.branch == "z9hG4bK77"
        }
    }

    @Test func noTruncationAndNoMutationTraps() {
        let whole = Array(Self.invite.utf8)
        for count in 0..<whole.count { _ = try? SIPParser().parse(Array(whole.prefix(count))) }
        var state: UInt64 = 42
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            if case .request(let request)? = try? SIPParser().parse(bytes) { _ = try? SIPParser().parse(request.bytes) }
        }
    }

    @Test func aStreamIsFramedHoweverItIsCut() throws {
        let message = try SIPParser().parse(Array(Self.invite.utf8)).bytes
        let stream = message + [13, 10, 13, 10] + message
        for step in [1, 2, 3, 7, 100, stream.count] {
            var framer = SIPStreamFramer()
            var frames: [SIPStreamFramer.Frame] = []
            for start in stride(from: 0, to: stream.count, by: step) {
                framer.append(stream[start..<min(start + step, stream.count)])
                while let frame = try framer.next() { frames.append(frame) }
            }
            #expect(frames == [.message(message), .ping, .message(message)])
        }
    }

    @Test func aStreamWithoutLengthsIsGivenUp() {
        var framer = SIPStreamFramer()
        framer.append(Array("OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n\r\n".utf8))
        #expect(throws: SIPStreamFramer.Failure.noLength) { try framer.next() }
        var endless = SIPStreamFramer()
        endless.append([UInt8](repeating: 65, count: 70_000))
        #expect(throws: SIPStreamFramer.Failure.tooLarge) { try endless.next() }
    }

    @Test func digestChallengesAndCredentialsComeBack() throws {
        let challenge = try #require(
            DigestChallenge(
                #"Digest realm="trunk, \"ke\"", nonce="n1", algorithm=SHA-256, qop="auth-int, auth", stale=TRUE"#
            )
        )
        #expect(
            challenge.realm == #"trunk, "ke""# && challenge.offersAuth && challenge.isStale
                && challenge.algorithm == "SHA-256"
        )
        var credentials = DigestCredentials(
            username: "alice",
            realm: challenge.realm,
            nonce: "n1",
            uri: "sip:a@b",
            response: "00ff",
            algorithm: "SHA-256"
        )
        credentials.cnonce = "c"
        credentials.nonceCount = "00000001"
        credentials.qualityOfProtection = "auth"
        #expect(DigestCredentials(credentials.text) == credentials)
        #expect(DigestChallenge("Basic realm=\"x\"") == nil)
    }

    @Test func aHeaderCannotBeSmuggledIn() {
        var response = SIPResponse(status: 200, reason: "OK\r\nEvil: 1")
        response.headers.add(.contact, "<sip:a@b>\r\nEvil: 2")
        #expect(!String(decoding: response.bytes, as: UTF8.self).contains("\nEvil"))
    }
}
