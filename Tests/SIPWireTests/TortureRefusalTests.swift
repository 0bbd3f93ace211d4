import SIPWire
import Testing

/// RFC 4475: messages that are wrong, each refused with the status that says how, or dropped.
@Suite struct TortureRefusalTests {
    private static func refusal(_ name: String) throws -> (request: SIPRequest, refusal: SIPRefusal)? {
        do {
            Issue.record("\(name) was read as \(try SIPParser().parse(try Torture.bytes(name)))")
            return nil
        } catch SIPParseError.refused(let request, let refusal) {
            return (request, refusal)
        }
    }

    /// Where the RFC leaves the choice we refuse what another element could read differently: escaped headers in the
    /// request URI (escruri), spaces in it or around it (lwsruri, lwsstart, trws, badaspec), and a Contact whose `?`
    /// may be the header's or the URI's (regbadct). Of mismatch02, which could have a 501, the contradiction is named
    /// first; and From and To of unknown schemes (unksm2), which a proxy may pass on, have no place in a user agent or
    /// registrar.
    @Test(arguments: [
        ("badinv01", 400), ("clerr", 400), ("ncl", 400), ("scalar02", 400), ("quotbal", 400), ("ltgtruri", 400),
        ("lwsruri", 400), ("lwsstart", 400), ("trws", 400), ("escruri", 400), ("regbadct", 400), ("badaspec", 400),
        ("badvers", 505), ("mismatch01", 400), ("mismatch02", 400), ("insuf", 400), ("unkscm", 416), ("novelsc", 416),
        ("unksm2", 400), ("multi01", 400), ("mcl01", 400),
    ])
    func wrongRequestsAreRefused(name: String, status: Int) throws {
        let (request, refusal) = try #require(try Self.refusal(name))
        #expect(refusal.status == status, "\(refusal)")
        let response = request.response(refusal, toTag: "ours")
        let text = String(decoding: response.bytes, as: UTF8.self)
        #expect(text.hasPrefix("SIP/2.0 \(status) \(SIPStatus.reason(status)) ("))
        #expect(response.headers.all(.via) == request.headers.all(.via))
        for header in [SIPHeaderName.from, .to, .callID, .cseq] {
            #expect(response.headers.all(header).count <= 1, "\(name): \(header.text)")
            if let value = request.headers[header] { #expect(response.headers[header]?.hasPrefix(value) == true) }
        }
    }

    /// What is missing is not made up, and what cannot be read comes back as it was.
    @Test func refusalsCarryWhatCame() throws {
        let (bare, why) = try #require(try Self.refusal("insuf"))
        let response = bare.response(why, toTag: "ours")
        #expect(response.headers.fields.map(\.name) == [.cseq, .via])
        let (unbalanced, reason) = try #require(try Self.refusal("quotbal"))
        let answer = unbalanced.response(reason, toTag: "ours")
        #expect(answer.headers[.to] == #""Mr. J. User <sip:j.user@example.com>"#)
        let (twice, problem) = try #require(try Self.refusal("multi01"))
        let first = twice.response(problem, toTag: "ours").headers
        #expect(first.cseq == CSeq(5, .invite) && first.callID == "multi01.98asdh@192.0.2.1")
        #expect(first.to?.tag == "ours" && first.from?.tag == "3413415")
    }

    /// Nobody waits for an answer to a response.
    @Test(arguments: ["scalarlg", "bigcode"])
    func wrongResponsesAreDropped(name: String) throws {
        #expect {
            try SIPParser().parse(try Torture.bytes(name))
        } throws: { error in
            if case SIPParseError.unreadable = error { true } else { false }
        }
    }

    /// In a stream a length that is missing, negative or ambiguous loses the place of the next message; one that is too
    /// large waits for what never comes, until the connection has been idle for too long.
    @Test(arguments: Torture.names.filter { !["dblreq", "baddn"].contains($0) })
    func streamsAreFollowedOrGivenUp(name: String) throws {
        let bytes = try Torture.bytes(name)
        var framer = SIPStreamFramer()
        framer.append(bytes)
        switch name {
        case "ncl", "mcl01", "inv2543":
            #expect(throws: SIPStreamFramer.Failure.noLength) { try framer.next() }
        case "clerr": #expect(try framer.next() == nil)
        default: #expect(try framer.next() == .message(bytes))
        }
    }

    /// No part of any of them traps, and what was read is read the same when it is printed.
    @Test func tortureIsTotal() async throws {
        for name in Torture.names {
            let bytes = try Torture.bytes(name)
            for count in stride(from: bytes.count, through: 0, by: -3) {
                guard let message = try? SIPParser().parse(Array(bytes.prefix(count))) else { continue }
                let again = try? SIPParser().parse(message.bytes)
                guard again?.bytes == message.bytes else {
                    Issue.record("the first \(count) bytes of \(name) are not read as they are printed")
                    break
                }
            }
            await Task.yield()
        }
    }
}
