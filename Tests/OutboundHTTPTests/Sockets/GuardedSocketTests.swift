import Foundation
import OutboundHTTP
import TestSupport
import Testing
import WebTestSupport

/// Against the `websockets` library of Python.
@Suite(.timeLimit(.minutes(2))) struct GuardedSocketTests {
    @Test(arguments: [0, 1, 125, 126, 640, 65_535, 65_536, 300_000])
    func messagesComeBackAsTheyWere(_ size: Int) async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/echo") { $0.maxUnsentBytes = 1_000_000 }
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let text = String(repeating: "é", count: size / 2)
        #expect(socket.send(OutgoingSocketMessage(.binary, bytes)))
        #expect(socket.send(.text(text)))
        let messages = socket.messages
        #expect(try await Waiting.first(of: messages) == .binary(bytes))
        #expect(try await Waiting.first(of: messages) == .text(text))
        #expect(socket.sent == 2)
        socket.close(reason: "asante")
        #expect(await socket.closed() == .byUs(.normal))
        #expect(!socket.send(.text("late")))
    }

    @Test func fragmentsAreJoined() async throws {
        let server = try await SocketServer()
        let messages = try await Opening.socket(server.port, "/fragments").messages
        #expect(try await Waiting.first(of: messages) == .text("Habari ya asubuhi"))
        #expect(try await Waiting.first(of: messages) == .binary([1, 2, 3]))
    }

    @Test func theHandshakeSaysWhoAsks() async throws {
        let server = try await SocketServer(subprotocol: "audio.drachtio.org")
        var request = SocketRequest("ws://localhost:\(server.port)/ask?a=b%20c", subprotocol: "audio.drachtio.org")
        request.headers = [("X-Call", "call_1"), ("Host", "evil.example"), ("Sec-WebSocket-Extensions", "x")]
        let socket = try await Opening.client().connect(request)
        guard case .text(let text) = try await Waiting.first(of: socket.messages) else {
            Issue.record("no text")
            return
        }
        let asked = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let headers = try #require(asked["headers"] as? [String: String])
        #expect(asked["path"] as? String == "/ask?a=b%20c")
        #expect(asked["took"] as? String == "audio.drachtio.org")
        #expect(headers["host"] == "localhost:\(server.port)")
        #expect(headers["x-call"] == "call_1")
        #expect(headers["user-agent"] == "Sautikit/1.0")
        #expect(headers["sec-websocket-extensions"] == nil)
    }

    @Test func aSubprotocolThatIsNotTakenIsAFailure() async throws {
        let server = try await SocketServer()
        let request = SocketRequest("ws://127.0.0.1:\(server.port)/echo", subprotocol: "audio.drachtio.org")
        let words = try await Opening.failure(request)
        #expect(words == "the server did not take the subprotocol audio.drachtio.org")
    }

    @Test func theServersClosingIsTold() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/end?code=4001&reason=kwaheri")
        socket.send(.text("end"))
        #expect(await socket.closed() == .byPeer(SocketCloseCode(rawValue: 4001), reason: "kwaheri"))
        for await message in socket.messages { Issue.record("\(message)") }
        #expect(
            socket.closure?.description == "the server closed the WebSocket with code 4001: kwaheri"
        )
    }

    /// What is sent before the closing arrives before it.
    @Test func closingComesLast() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/log")
        for number in 0..<100 { socket.send(.text("\(number)")) }
        socket.close(.goingAway)
        let lines = try await Waiting.until { server.lines.last?.contains("closed") == true ? server.lines : nil }
        #expect(lines == (0..<100).map(String.init) + ["{\"closed\": 1001}"])
    }

    /// Closing goes on when nobody holds the socket any more, and what was sent before it still arrives.
    @Test func closingNeedsNobody() async throws {
        let server = try await SocketServer()
        for _ in 0..<20 {
            let socket = try await Opening.socket(server.port, "/log")
            for number in 0..<100 { socket.send(.text("\(number)")) }
            socket.close()
        }
        try await Waiting.until { server.lines.count == 20 * 101 ? true : nil }
        #expect(server.lines.count { $0 == "{\"closed\": 1000}" } == 20)
    }

    /// The peer's closing frame is behind what nobody takes.
    @Test func aSocketThatNobodyReadsCloses() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/flood?size=20000&count=3000") {
            ($0.maxUnreadBytes, $0.closeTimeout) = (50_000, .seconds(100))
        }
        _ = try await Waiting.first(of: socket.messages)
        socket.close()
        #expect(try await Waiting.within { await socket.closed() } == .byUs(.normal))
    }

    /// 60 MB come only as fast as they are taken, all of them and in order.
    @Test func aFloodIsReadAsItIsTaken() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/flood?size=20000&count=3000") {
            $0.maxUnreadBytes = 100_000
        }
        var next = 0
        for await message in socket.messages {
            guard case .binary(let bytes) = message else { continue }
            #expect(bytes.count == 20_000)
            #expect(bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } == next)
            next += 1
        }
        #expect(next == 3000)
        #expect(socket.closure == .byPeer(.normal, reason: ""))
    }

    @Test func tlsIsSpokenWithACheckedName() async throws {
        let server = try await SocketServer(isSecured: true)
        let authorities = try CertificateAuthorities(file: #require(server.certificate).file)
        let trusting = try Opening.client { $0.authorities = authorities }
        let socket = try await trusting.connect(SocketRequest("wss://localhost:\(server.port)/echo"))
        socket.send(.text("siri"))
        #expect(try await Waiting.first(of: socket.messages) == .text("siri"))
        socket.close()
        #expect(await socket.closed() == .byUs(.normal))

        let otherName = try Opening.client(
            { $0.authorities = authorities },
            resolver: FixedResolver(["other.example.co.ke": [["127.0.0.1"]]])
        )
        let byName = SocketRequest("wss://other.example.co.ke:\(server.port)/echo")
        #expect(try await Opening.failure(byName, otherName)?.hasPrefix("no TLS: ") == true)
        let byAddress = SocketRequest("wss://127.0.0.1:\(server.port)/echo")
        #expect(try await Opening.failure(byAddress, trusting)?.hasPrefix("no TLS: ") == true)
        let unknown = SocketRequest("wss://localhost:\(server.port)/echo")
        #expect(try await Opening.failure(unknown)?.hasPrefix("no TLS: ") == true)
    }

    /// A process that is stopped has a kernel that still takes bytes, and says nothing.
    @Test func aPeerThatHangsIsGivenUp() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/echo") {
            ($0.pingInterval, $0.pongTimeout) = (.seconds(1), .seconds(3))
        }
        socket.send(.text("a"))
        #expect(try await Waiting.first(of: socket.messages) == .text("a"))
        server.signal(19)
        #expect(await socket.closed() == .silent(.seconds(3)))
        server.signal(18)
    }

    /// The peer answers pings, so a quiet call goes on.
    @Test func aQuietPeerIsKept() async throws {
        let server = try await SocketServer()
        let socket = try await Opening.socket(server.port, "/echo") {
            ($0.pingInterval, $0.pongTimeout) = (.milliseconds(50), .seconds(10))
        }
        let start = ContinuousClock.now
        try await Waiting.until { start.duration(to: .now) > .milliseconds(600) ? true : nil }
        #expect(socket.closure == nil)
        socket.send(.text("a"))
        #expect(try await Waiting.first(of: socket.messages) == .text("a"))
    }
}
