import Foundation
import Platform
import SIPStack
import SIPWire
import TestSupport
import Testing

/// A browser that speaks SIP over WebSocket, its messages written out, without sound.
final class TestBrowser: Sendable {
    static let offer =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 42000 RTP/AVP 8\r\n"

    /// What a browser answers; nobody is there.
    static let answer = [
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0", "m=audio 9 UDP/TLS/RTP/SAVPF 8 126",
        "c=IN IP4 0.0.0.0", "a=mid:0", "a=sendrecv", "a=rtcp-mux", "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:126 telephone-event/8000", "a=setup:active", "a=ice-ufrag:abcd",
        "a=ice-pwd:abcdefghijklmnopqrstuvwx",
        "a=fingerprint:sha-256 " + Array(repeating: "AB", count: 32).joined(separator: ":"), "",
    ].joined(separator: "\r\n")

    /// The same of a browser that has no G.711.
    static let opusOffer =
        answer
        .replacing("SAVPF 8 126", with: "SAVPF 111 110")
        .replacing("8 PCMA/8000", with: "111 opus/48000/2")
        .replacing("126 telephone-event/8000", with: "110 telephone-event/48000")

    let socket: RawWebSocket
    private let user: String
    /// What it answers challenges with, when it has no token.
    private let account: DigestAccount?
    /// Tells the requests of this one from those of others with the same user.
    private let mark = UUID().uuidString
    private let number = Locked(0)

    /// Connects with a token.
    init(_ world: VoiceWorld, _ token: SIPToken) async throws {
        let port = try #require(await world.agent.webSocketPorts().plain)
        let text = try await VoiceWorld.tokens.sign(token)
        socket = try await RawWebSocket(
            port: port,
            headers: [("Sec-WebSocket-Protocol", "sip, sautikit.token.\(text)")]
        )
        user = token.user
        account = nil
    }

    /// Connects as a telephone with a SIP credential.
    init(_ world: VoiceWorld, _ account: DigestAccount, origin: String? = nil) async throws {
        let port = try #require(await world.agent.webSocketPorts().plain)
        socket = try await RawWebSocket(
            port: port,
            path: "/devices",
            headers: [("Sec-WebSocket-Protocol", "sip")] + (origin.map { [("Origin", $0)] } ?? [])
        )
        user = account.username
        self.account = account
    }

    /// Connects and is let in.
    static func admitted(_ world: VoiceWorld, _ token: SIPToken) async throws -> TestBrowser {
        let browser = try await TestBrowser(world, token)
        #expect(try await browser.socket.answer().status == 101)
        return browser
    }

    /// Registers; the answer.
    func register(bearer: String? = nil, expires: Int = 600) async throws -> String {
        let field = bearer.map { ["Authorization: Bearer \($0)"] } ?? []
        return try await ask("REGISTER", uri: "sip:sautikit.local", to: user, ["Expires: \(expires)"] + field)
    }

    /// Calls somebody; the final answer.
    func call(_ callee: String, from: String, preferred: String? = nil, body: String = offer) async throws -> String {
        let field = preferred.map { ["P-Preferred-Identity: <sip:\($0)@sautikit.local>"] } ?? []
        return try await ask(
            "INVITE",
            uri: "sip:\(callee)@sautikit.local",
            to: callee,
            from: from,
            field + ["Content-Type: application/sdp"],
            body
        )
    }

    /// Says something within the dialog of an answer.
    func within(_ answer: String, _ method: String, callee: String, from: String) async throws -> String? {
        let callID = try #require(answer.firstMatch(of: /\r\nCall-ID: ([^\r]+)/)).1
        let to = try #require(answer.firstMatch(of: /\r\nTo: ([^\r]+)/)).1
        let number = try #require(answer.firstMatch(of: /\r\nCSeq: (\d+)/).flatMap { Int($0.1) })
        let cseq = method == "ACK" ? number : number + 1
        let message = [
            "\(method) sip:sautikit@127.0.0.1 SIP/2.0", "Via: SIP/2.0/WS x.invalid;branch=z9hG4bK\(method)\(callID)",
            "From: <sip:\(from)@sautikit.local>;tag=b", "To: \(to)", "Call-ID: \(callID)", "CSeq: \(cseq) \(method)",
            "Max-Forwards: 70", "Contact: <sip:\(user)@x.invalid;transport=ws>",
        ]
        try await socket.send(message.joined(separator: "\r\n") + "\r\n\r\n")
        return method == "ACK" ? nil : try await final("\(cseq) \(method)", String(callID))
    }

    /// The next request of a method.
    func request(_ method: String) async throws -> String {
        try await Waiting.until { self.socket.texts.first { $0.hasPrefix("\(method) ") } }
    }

    /// Answers a request.
    func reply(to request: String, _ status: String, body: String = "") async throws {
        let copied = request.components(separatedBy: "\r\n").filter { line in
            ["Via: ", "Record-Route: ", "From: ", "Call-ID: ", "CSeq: "].contains { line.hasPrefix($0) }
        }
        let to = request.firstMatch(of: /\r\nTo: ([^\r]+)/).map { String($0.1) } ?? ""
        var lines = ["SIP/2.0 \(status)"] + copied + ["To: \(to)" + (to.contains("tag=") ? "" : ";tag=c")]
        lines += ["Contact: <sip:\(user)@x.invalid;transport=ws>"]
        if !body.isEmpty { lines.append("Content-Type: application/sdp") }
        try await socket.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Says something within the call that an INVITE has begun which was answered here, the way that it has recorded.
    ///
    /// - Parameter socket: another connection of the browser's.
    func say(_ method: String, within invite: String, by socket: RawWebSocket? = nil) async throws -> String {
        let (socket, number) = (
            socket ?? self.socket,
            self.number.withLock { number in
                number += 1
                return number
            }
        )
        func value(_ name: String) throws -> String {
            let line = invite.components(separatedBy: "\r\n").first { $0.hasPrefix(name + ": ") }
            return String(try #require(line).dropFirst(name.count + 2))
        }
        let contact = try value("Contact").split(separator: ">")[0].dropFirst()
        let routes = invite.components(separatedBy: "\r\n").filter { $0.hasPrefix("Record-Route: ") }
            .map { "Route: " + $0.dropFirst("Record-Route: ".count) }
        let lines =
            ["\(method) \(contact) SIP/2.0", "Via: SIP/2.0/WS x.invalid;branch=z9hG4bKs\(number)\(mark)"] + routes + [
                "From: \(try value("To"));tag=c", "To: \(try value("From"))", "Call-ID: \(try value("Call-ID"))",
                "CSeq: \(number) \(method)", "Max-Forwards: 70", "Contact: <sip:\(user)@x.invalid;transport=ws>",
            ]
        try await socket.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        return try await final("\(number) \(method)", try value("Call-ID"), on: socket)
    }

    /// Asks, and once more when it is challenged for a digest.
    private func ask(
        _ method: String,
        uri: String,
        to: String,
        from: String? = nil,
        _ fields: [String],
        _ body: String = ""
    ) async throws -> String {
        let first = try await askOnce(method, uri: uri, to: to, from: from, fields, body)
        let texts = first.matches(of: /\r\nWWW-Authenticate: (Digest [^\r]+)/).map { String($0.1) }
        guard let account, let challenge = texts.lazy.compactMap({ DigestChallenge($0) }).first else { return first }
        let reply = DigestReply.text(challenge, account, method: method, uri: uri)
        return try await askOnce(method, uri: uri, to: to, from: from, fields + ["Authorization: \(reply)"], body)
    }

    private func askOnce(
        _ method: String,
        uri: String,
        to: String,
        from: String?,
        _ fields: [String],
        _ body: String
    ) async throws -> String {
        let number = number.withLock { number in
            number += 1
            return number
        }
        let callID = method == "REGISTER" ? "register-\(mark)" : "call-\(number)-\(mark)"
        let lines =
            [
                "\(method) \(uri) SIP/2.0", "Via: SIP/2.0/WS x.invalid;branch=z9hG4bK\(number)\(mark)",
                "From: <sip:\(from ?? user)@sautikit.local>;tag=b", "To: <sip:\(to)@sautikit.local>",
                "Call-ID: \(callID)", "CSeq: \(number) \(method)", "Max-Forwards: 70", "Supported: outbound",
                "Contact: <sip:\(user)@x.invalid;transport=ws>;reg-id=1;+sip.instance=\"<urn:uuid:\(user)>\"",
            ] + fields
        try await socket.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        return try await final("\(number) \(method)", callID)
    }

    private func final(_ cseq: String, _ callID: String, on other: RawWebSocket? = nil) async throws -> String {
        let socket = other ?? socket
        return try await Waiting.until {
            socket.texts.first { text in
                text.hasPrefix("SIP/2.0 ") && !text.hasPrefix("SIP/2.0 1") && text.contains("\r\nCSeq: \(cseq)\r\n")
                    && text.contains("\r\nCall-ID: \(callID)\r\n")
            }
        }
    }
}
