import SIPWire
import TestSupport
import Testing

/// RFC 4475: messages that are strange and right (section 3.1.1), and those of the later sections that a parser must
/// read.
@Suite struct TortureTests {
    @Test func everyMessageIsThereByteByByte() throws {
        #expect(try Fixture.names(in: "torture", kind: "dat") == Torture.names.sorted())
        for name in Torture.names {
            let bytes = try Torture.bytes(name)
            for index in bytes.indices where bytes[index] == 10 && name != "mpart01" {
                #expect(bytes[index - 1] == 13, "\(name): a line end was changed")
            }
        }
    }

    /// Section 3.1.1.1: folded everywhere, mixed forms and cases, an empty Subject.
    @Test func wsinv() throws {
        let request = try Torture.request("wsinv")
        let headers = request.headers
        #expect(request.method == .invite && request.uri.user == "vivekg" && request.uri.parameters.has("unknownparam"))
        #expect(headers.to?.uri.host == "chair-dnrc.example.com" && headers.to?.tag == "1918181833n")
        #expect(headers.from?.displayName == #"J Rosenberg \""# && headers.from?.tag == "98asjd8")
        #expect(headers.integer(.maxForwards) == 68 && headers.cseq == CSeq(9, .invite))
        #expect(headers[.subject] == "")
        #expect(headers[SIPHeaderName("newfangledheader")] == "newfangled value continued newfangled value")
        #expect(headers[SIPHeaderName("UnknownHeaderWithUnusualValue")] == ";;,,;;,;")
        let hops = headers.list(.via).compactMap { Via($0) }
        #expect(hops.map(\.transport) == ["UDP", "TCP", "UDP"])
        #expect(hops.map(\.host) == ["192.0.2.2", "spindle.example.com", "192.168.255.111"])
        #expect(hops.map(\.branch) == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
        let route = try #require(headers.routes.first)
        #expect(route.uri.parameters.has("lr") && route.uri.parameters["unknownwith"] == "value")
        let contact = try #require(headers.contact)
        #expect(contact.displayName == #"Quoted string """# && contact.parameters["newparam"] == "newvalue")
        #expect(contact.parameters.has("secondparam") && contact.parameters["q"] == "0.33")
        #expect(request.body.count == 150)
    }

    /// Section 3.1.1.2: every character that is allowed somewhere, NUL in a quoted pair among them.
    @Test func intmeth() throws {
        let request = try Torture.request("intmeth")
        let method = SIPMethod(rawValue: "!interesting-Method0123456789_*+`.%indeed'~")
        #expect(request.method == method && request.headers.cseq == CSeq(139_122_385, method))
        #expect(
            request.uri.user
                == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"
        )
        #expect(request.uri.host == "example.com" && request.uri.headers == nil)
        #expect(request.headers.topVia?.branch == "z9hG4bK-.!%66*_+`'~")
        #expect(request.headers.to?.displayName == "BEL:\u{7} NUL:\0 DEL:\u{7F}")
        #expect(request.headers.from?.displayName == "token1~` token2'+_ token3*%!.-")
        #expect(request.headers.from?.parameters["fromparam''~+*_!.-%"] == "работающий")
        #expect(request.headers.from?.tag == "_token~1'+`*%!-.")
        #expect(request.headers.callID == #"intmeth.word%ZK-!.*_+'@word`~)(><:\/"][?}{"#)
        #expect(request.headers[SIPHeaderName("extensionHeader-!.%*+_`'~")] == "\u{FEFF}大停電")
        let name = try #require(request.headers.to)
        #expect(NameAddress(name.text) == name)
    }

    /// Sections 3.1.1.3 to 3.1.1.5: `%` is an escape in URIs, and nowhere else.
    @Test func escapes() throws {
        let escaped = try Torture.request("esc01")
        #expect(escaped.uri.unescapedUser == "sips:user@example.com" && escaped.uri.host == "example.net")
        #expect(escaped.headers.to?.uri.unescapedUser == "user")
        #expect(escaped.headers.from?.uri.unescapedUser == "I have spaces")
        let contact = try #require(escaped.headers.contact)
        #expect(contact.uri.unescapedUser == "caller" && contact.uri.parameters.has("lr"))
        #expect(contact.uri.parameters["name"] == "value%2541")

        let nulls = try Torture.request("escnull")
        let bindings = nulls.headers.list(.contact).compactMap { NameAddress($0) }
        #expect(bindings.map(\.uri.unescapedUser) == ["\0", "\0\0"] && bindings[0] != bindings[1])
        #expect(nulls.headers.to?.uri.user == "null-%00-null")

        let literal = try Torture.request("esc02")
        #expect(literal.method.rawValue == "RE%47IST%45R" && literal.method != .register)
        #expect(literal.headers.to?.displayName == "%Z%45")
        #expect(literal.headers.list(.contact).count == 2 && literal.headers[SIPHeaderName("C%6Fntact")] != nil)
        #expect(literal.headers.topVia?.branch == "z9hG4bK209%fzsnel234")
    }

    /// Sections 3.1.1.6 and 3.1.1.7: no space before `<`; and long values, all within our limits.
    @Test func namesAndLengths() throws {
        let tight = try Torture.request("lwsdisp")
        #expect(tight.headers.from?.displayName == "caller" && tight.headers.from?.tag == "323")
        let long = try Torture.request("longreq")
        #expect(long.headers.list(.via).compactMap { Via($0) }.count == 34)
        #expect(long.headers.topVia?.host == "sip33.example.com" && long.headers.topVia?.branch == nil)
        #expect(long.headers.from?.tag?.count == 2 + 150 + 3)
        #expect(long.headers.to?.uri.port == 6000 && long.headers.to?.tag == nil)
        #expect(long.headers.to?.displayName?.hasSuffix("extreme proportion") == true)
    }

    /// Section 3.1.1.8: what follows a message in its datagram is dropped (RFC 3261 section 18.3); in a stream it is
    /// the next.
    @Test func dblreq() throws {
        let request = try Torture.request("dblreq")
        #expect(request.method == .register && request.body.isEmpty)
        var framer = SIPStreamFramer()
        framer.append(try Torture.bytes("dblreq"))
        var methods: [SIPMethod] = []
        for _ in 0..<2 {
            guard case .message(let bytes) = try framer.next(), case .request(let next) = try SIPParser().parse(bytes)
            else { break }
            methods.append(next.method)
        }
        #expect(methods == [.register, .invite])
    }

    /// Sections 3.1.1.9 to 3.1.1.11: a user with semicolons, transports that nobody speaks, a body with NUL.
    @Test func usersTransportsAndBodies() throws {
        let user = try Torture.request("semiuri")
        #expect(user.uri.user == "user;par=u%40example.net" && user.uri.parameters.isEmpty)
        #expect(user.uri.unescapedUser == "user;par=u@example.net" && user.uri.host == "example.com")
        #expect(user.headers.list(.accept).count == 6)
        let hops = try Torture.request("transports").headers.list(.via).compactMap { Via($0) }
        #expect(hops.map(\.transport) == ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"])
        let parts = try Torture.request("mpart01")
        #expect(parts.method.rawValue == "MESSAGE" && parts.body.count == 553 && parts.body.contains(0))
        #expect(parts.body.suffix(24) == Array("\r\n--7a9cbec02ceef655--\r\n".utf8)[...])
    }

    /// Sections 3.1.1.12 and 3.1.1.13: reasons are for people, and may be in any script or none.
    @Test func reasons() throws {
        let strange = try Torture.response("unreason")
        #expect(strange.status == 200 && strange.reason == "= 2**3 * 5**2 но сто девяносто девять - простое")
        #expect(strange.body.count == 154)
        let none = try Torture.response("noreason")
        #expect(none.status == 100 && none.reason.isEmpty && none.headers.to?.tag == "902jndnke3")
    }

    /// Sections 3.3.12 to 3.3.14: whose a parameter is depends on the angle brackets.
    @Test func contacts() throws {
        let outside = try #require(try Torture.request("cparam01").headers.contact)
        #expect(outside.parameters.has("unknownparam") && !outside.uri.parameters.has("unknownparam"))
        let inside = try #require(try Torture.request("cparam02").headers.contact)
        #expect(!inside.parameters.has("unknownparam") && inside.uri.parameters.has("unknownparam"))
        let escaped = try #require(try Torture.request("regescrt").headers.contact)
        #expect(escaped.uri.headers == "Route=%3Csip:sip.example.com%3E" && escaped.uri.user == "user")
    }

    /// Section 3.4.1: what RFC 2543 allowed to leave out is not missed: tag, branch, length, Contact.
    @Test func inv2543() throws {
        let request = try Torture.request("inv2543")
        #expect(request.headers.topVia?.host == "iftgw.example.com" && request.headers.topVia?.branch == nil)
        #expect(request.headers.from?.tag == nil && request.headers.from?.uri.user == "+13035551111")
        #expect(request.headers.to?.parameters["user"] == "phone" && request.headers.contact == nil)
        #expect(request.body.count == 105)
    }

    /// Where the RFC leaves the choice, and we take the message: an unquoted name with a comma (3.1.2.15) says who
    /// calls all the same, a Date that we do not use (3.1.2.12) cannot mislead us, and a bare cookie (3.2.1) is a
    /// branch of RFC 2543.
    @Test func weAreLiberal() throws {
        #expect(try Torture.request("baddn").headers.from?.displayName == "Bell, Alexander")
        #expect(try Torture.request("baddate").headers[.date] == "Fri, 01 Jan 2010 16:00:00 EST")
        #expect(try Torture.request("badbranch").headers.topVia?.branch == "z9hG4bK")
    }

    /// What is for others to judge is read as it stands: a proxy minds `Max-Forwards: 0` (3.3.11), a user agent the
    /// second Via of a response (3.3.10), a registrar credentials that are no digest (3.3.7).
    @Test func whatOthersJudge() throws {
        #expect(try Torture.request("zeromf").headers.integer(.maxForwards) == 0)
        let broadcast = try Torture.response("bcast").headers
        #expect(!broadcast.hasOneVia && broadcast.topVia?.host == "192.0.2.198")
        #expect(try Torture.response("unreason").headers.hasOneVia)
        let credentials = try #require(try Torture.request("regaut01").headers[.authorization])
        #expect(DigestCredentials(credentials) == nil)
        #expect(try Torture.request("bext01").headers.list(.require).count == 2)
    }
}
