import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// What we answer to the requests of RFC 4475.
@Suite(.timeLimit(.minutes(2))) struct TortureAnswerTests {
    /// 486 stands for "the call was offered to its owner", who is always busy here. To of wsinv has a tag: it belongs
    /// to a call, of which we know nothing.
    ///
    /// We are an endpoint, so a zero Max-Forwards is no reason to refuse (section 3.3.11; a proxy would say 483), and
    /// we answer OPTIONS for every user. This agent has no registrar: every REGISTER that could be one is told so with
    /// 405.
    static let answers: [(name: String, status: Int)] = [
        ("wsinv", 481), ("intmeth", 501), ("esc01", 486), ("escnull", 405), ("esc02", 501), ("lwsdisp", 200),
        ("longreq", 486), ("dblreq", 405), ("semiuri", 200), ("transports", 200), ("mpart01", 501), ("badinv01", 400),
        ("clerr", 400), ("ncl", 400), ("scalar02", 400), ("quotbal", 400), ("ltgtruri", 400), ("lwsruri", 400),
        ("lwsstart", 400), ("trws", 400), ("escruri", 400), ("baddate", 486), ("regbadct", 400), ("badaspec", 400),
        ("baddn", 200), ("badvers", 505), ("mismatch01", 400), ("mismatch02", 400), ("badbranch", 200), ("insuf", 400),
        ("unkscm", 416), ("novelsc", 416), ("unksm2", 400), ("bext01", 420), ("invut", 415), ("regaut01", 405),
        ("multi01", 400), ("mcl01", 400), ("zeromf", 200), ("cparam01", 405), ("cparam02", 405), ("regescrt", 405),
        ("sdp01", 406), ("inv2543", 486),
    ]

    /// What a stream cannot carry: lengths that are wrong or missing, and headers without an end. `dblreq` is two
    /// requests.
    static let datagramsOnly: Set<String> = ["clerr", "ncl", "mcl01", "baddn", "inv2543"]

    /// Before any transaction or call: what the parser and the inspection refuse, and nothing else.
    @Test(arguments: answers)
    func whatCannotBeIsRefused(name: String, status: Int) throws {
        let expected = [200, 405, 481, 486, 501].contains(status) ? nil : status
        #expect(try Self.refusal(name)?.status == expected, "\(name)")
    }

    /// Sections 3.3.5, 3.3.6 and 3.3.15: a refusal says what would have been taken.
    @Test func refusalsSayWhatToDoBetter() throws {
        #expect(
            try Self.refusal("bext01")?.field
                == SIPHeaderField(.unsupported, "nothingSupportsThis, nothingSupportsThisEither")
        )
        #expect(try Self.refusal("invut")?.field == SIPHeaderField(.accept, "application/sdp"))
        #expect(try Self.refusal("sdp01")?.field == SIPHeaderField(.accept, "application/sdp"))
    }

    @Test(
        arguments: [
            ("Accept: */*", nil), ("Accept: text/plain, application/*;q=0.5", nil), ("Accept: Application/SDP", nil),
            ("Accept: text/plain", 406), ("Accept:", 406), ("Content-Encoding: gzip", 415),
            ("Content-Encoding: identity", nil),
            ("Content-Type: application/sdp;charset=utf-8", nil), ("Content-Type: multipart/mixed;boundary=x", 415),
            ("Require: timer", nil), ("Require: Timer, 100rel", 420),
        ] as [(String, Int?)]
    )
    func whatInvitesMaySay(line: String, status: Int?) throws {
        let text = """
            INVITE sip:a@b SIP/2.0\r
            Via: SIP/2.0/UDP h;branch=z9hG4bK1\r
            From: <sip:a@b>;tag=1\r
            To: <sip:c@d>\r
            Call-ID: x\r
            CSeq: 1 INVITE\r
            Contact: <sip:a@h>\r
            \(line)\r
            \r
            v=0
            """
        guard case .request(let request) = try SIPParser().parse(Array(text.utf8)) else { return }
        #expect(RequestInspection.refusal(of: request)?.status == status)
        var cancel = request
        cancel.method = .cancel
        #expect(RequestInspection.refusal(of: cancel) == nil)
    }

    /// The same over TCP, where an answer comes back whatever `Via` says: one user agent survives them all.
    @Test func everyRequestHasItsAnswer() async throws {
        let (agent, port) = try await LoopbackTests.agent(LoopbackTests.unchanged) { $0.reject(status: 486) }
        for (name, status) in Self.answers where !Self.datagramsOnly.contains(name) {
            let peer = try await RawSIPStream(port: port)
            let response = try await peer.ask(try Fixture.bytes("torture/\(name).dat"))
            #expect(response.status == status, "\(name): \(response)")
            if [405, 501].contains(status) {
                #expect(response.headers.list(.allow).contains("INVITE"), "\(name)")
            }
            await peer.stop()
        }
        #expect(agent.counters.unreadable.load(ordering: .relaxed) == 0)
        await agent.shutDown()
    }

    /// Where the next message begins cannot be known after these, so the connection is closed.
    @Test(arguments: ["ncl", "mcl01", "inv2543"])
    func aStreamThatIsLostIsClosed(name: String) async throws {
        let (agent, port) = try await LoopbackTests.agent()
        let peer = try await RawSIPStream(port: port)
        try await peer.send(try Fixture.bytes("torture/\(name).dat"))
        try await Waiting.until { peer.isClosed ? true : nil }
        #expect(peer.responses.isEmpty)
        await peer.stop()
        await agent.shutDown()
    }

    private static func refusal(_ name: String) throws -> SIPRefusal? {
        do {
            let message = try SIPParser().parse(try Fixture.bytes("torture/\(name).dat"))
            guard case .request(let request) = message else { return nil }
            return RequestInspection.refusal(of: request)
        } catch SIPParseError.refused(_, let refusal) {
            return refusal
        }
    }
}
