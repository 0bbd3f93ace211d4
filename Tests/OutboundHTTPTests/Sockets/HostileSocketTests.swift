import NIOPosix
import OutboundHTTP
import Primitives
import TestSupport
import Testing
import WebTestSupport

/// Against servers that do what no server should.
@Suite(.timeLimit(.minutes(2))) struct HostileSocketTests {
    /// The words of the failure when a server answers the handshake so.
    private func failure(
        subprotocol: String? = nil,
        timeout: Duration = .seconds(20),
        _ answer: @escaping @Sendable (String) -> [UInt8]?
    ) async throws -> String? {
        let server = try await RawServer(answer)
        let request = SocketRequest("ws://127.0.0.1:\(server.port)/", subprotocol: subprotocol, timeout: timeout)
        let words = try await Opening.failure(request)
        // Whatever is wrong, nothing stays open.
        try await Waiting.until { server.connections == 0 ? true : nil }
        return words
    }

    /// How the socket ends after a server sent these bytes, and the code that the server was told.
    private func ending(
        _ adjust: (inout SocketSettings) -> Void = { _ in },
        after bytes: [UInt8]
    ) async throws -> (closure: SocketClosure, code: Int?) {
        let server = try await RawServer { HandshakeAnswer.right($0, then: bytes) }
        let socket = try await Opening.socket(server.port) {
            $0.closeTimeout = .milliseconds(200)
            adjust(&$0)
        }
        let closure = await socket.closed()
        let code = try await Waiting.until { server.closeCode }
        // A server that does not end the connection is left.
        try await Waiting.until { server.connections == 0 ? true : nil }
        return (closure, code)
    }

    @Test func aWrongKeyIsRefused() async throws {
        let notAccepted = "the server's answer does not fit the WebSocket handshake"
        #expect(try await failure { _ in HandshakeAnswer.answer(accept: "AAAA") } == notAccepted)
        let twice = try await failure {
            HandshakeAnswer.right($0, ["Sec-WebSocket-Accept: \(HandshakeAnswer.accept($0))"])
        }
        #expect(twice == notAccepted)
    }

    @Test func answersThatUpgradeNothingAreRefused() async throws {
        let refused = try await failure { _ in Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".utf8) }
        #expect(refused == "the server answered the WebSocket handshake with 403")
        let moved = try await failure { _ in Array("HTTP/1.1 302 Found\r\nLocation: ws://10.0.0.1/\r\n\r\n".utf8) }
        #expect(moved == "the server answered the WebSocket handshake with 302")
        let other = try await failure { HandshakeAnswer.answer(accept: HandshakeAnswer.accept($0), upgrade: "h2c") }
        #expect(other == "the server's answer does not upgrade the connection to a WebSocket")
        let closed = try await failure {
            HandshakeAnswer.answer(accept: HandshakeAnswer.accept($0), connection: "close")
        }
        #expect(closed == "the server's answer does not upgrade the connection to a WebSocket")
        let extended = try await failure {
            HandshakeAnswer.right($0, ["Sec-WebSocket-Extensions: permessage-deflate"])
        }
        #expect(extended == "the server uses a WebSocket extension that was not offered")
    }

    @Test func otherSubprotocolsAreRefused() async throws {
        let other = try await failure(subprotocol: "audio.drachtio.org") {
            HandshakeAnswer.right($0, ["Sec-WebSocket-Protocol: chat"])
        }
        #expect(other == "the server took the subprotocol chat instead of audio.drachtio.org")
        let unasked = try await failure { HandshakeAnswer.right($0, ["Sec-WebSocket-Protocol: chat"]) }
        #expect(unasked == "the server took a subprotocol that was not offered")
    }

    @Test func answersThatAreNotHTTPAreRefused() async throws {
        let garbage = try await failure { _ in [UInt8](repeating: 0xFF, count: 1000) }
        #expect(garbage != nil)
        let huge = try await failure { HandshakeAnswer.right($0, ["X: " + String(repeating: "x", count: 60_000)]) }
        #expect(huge != nil)
        let endless = try await failure { _ in
            Array("HTTP/1.1 101 Switching Protocols\r\n".utf8) + [UInt8](repeating: 0x41, count: 500_000)
        }
        #expect(endless != nil)
    }

    @Test func aServerThatNeverAnswersRunsOutOfTime() async throws {
        let silent = try await failure(timeout: .milliseconds(300)) { _ in nil }
        #expect(silent == "no answer within 0.3 seconds")
        let half = try await failure(timeout: .milliseconds(300)) { _ in Array("HTTP/1.1 101 Swit".utf8) }
        #expect(half == "no answer within 0.3 seconds")
    }

    @Test func aServerThatHangsUpIsAFailure() async throws {
        let server = try await RawServer { _ in nil }
        async let words = Opening.failure(SocketRequest("ws://127.0.0.1:\(server.port)/"))
        try await Waiting.until { server.connections == 1 ? true : nil }
        server.hangUp()
        #expect(try await words == "the server ended the connection during the WebSocket handshake")
    }

    @Test func whereNobodyListensIsAFailure() async throws {
        let words = try await Opening.failure(SocketRequest("ws://127.0.0.1:\(FreePort.any())/"))
        #expect(words?.hasPrefix("no connection: ") == true)
    }

    @Test func privateAddressesAreRefused() async throws {
        let client = try GuardedSocketClient(
            policy: DestinationPolicy(),
            resolver: FixedResolver(["inside.example.co.ke": [["41.90.0.1", "10.0.0.1"]]]),
            group: MultiThreadedEventLoopGroup.singleton
        )
        let refused = [
            "ws://127.0.0.1/": "refused: 127.0.0.1 is a loopback address",
            "wss://[::1]/": "refused: 0:0:0:0:0:0:0:1 is a loopback address",
            "wss://inside.example.co.ke/": "refused: 10.0.0.1 is a private address",
            "wss://nowhere.example.co.ke/": "the host name has no address",
            "https://example.co.ke/": "refused: the scheme https is neither wss nor ws",
            "wss://a:b@example.co.ke/": "refused: the URL holds a user name",
            "ws://example.co.ke:22/": "refused: port 22 is not allowed",
        ]
        for (url, words) in refused {
            #expect(try await Opening.failure(SocketRequest(url), client) == words)
        }
    }

    /// Another address of the name may do.
    @Test func addressesAreTriedInTurn() async throws {
        let server = try await SocketServer()
        let resolver = FixedResolver(["two.example.co.ke": [["127.0.0.2", "127.0.0.1"]]])
        let client = try Opening.client(resolver: resolver)
        let socket = try await client.connect(SocketRequest("ws://two.example.co.ke:\(server.port)/echo"))
        socket.send(.text("a"))
        #expect(try await Waiting.first(of: socket.messages) == .text("a"))
    }

    @Test func brokenFramesAreToldByTheirCode() async throws {
        let masked = try await ending(after: [0x81, 0x81, 0, 0, 0, 0, 0x61])
        #expect(masked.closure == .violation(.maskedFrame))
        #expect(masked.code == 1002)
        let reserved = try await ending(after: [0x83, 0])
        #expect(reserved.closure == .violation(.reservedOpcode(3)))
        #expect(reserved.code == 1002)
        let deflated = try await ending(after: [0xC1, 1, 0x61])
        #expect(deflated.closure == .violation(.reservedBit))
        let text = try await ending(after: [0x81, 1, 0xFF])
        #expect(text.closure == .violation(.invalidText))
        #expect(text.code == 1007)
        let ping = try await ending(after: [0x89, 126, 0, 200] + [UInt8](repeating: 0, count: 200))
        #expect(ping.closure == .violation(.controlFrame))
        #expect(ping.code == 1002)
    }

    /// The length alone is enough to refuse.
    @Test(
        arguments: [[0x82, 127, 0, 0, 0, 0, 0, 0x20, 0, 0], [0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255]]
            as [[UInt8]]
    )
    func hugeFramesAreRefusedByTheirHeads(_ head: [UInt8]) async throws {
        let huge = try await ending(after: head)
        #expect(huge.closure == .violation(.tooLarge(limitBytes: 1_048_576)))
        #expect(huge.code == 1009)
    }

    @Test func endlessFragmentsAreRefused() async throws {
        let fragment: [UInt8] = [0, 100] + [UInt8](repeating: 0, count: 100)
        let many: [UInt8] = [0x02, 0] + (0..<200).flatMap { _ in fragment }
        let large = try await ending({ $0.maxMessageBytes = 10_000 }, after: many)
        #expect(large.closure == .violation(.tooLarge(limitBytes: 10_000)))
        #expect(large.code == 1009)
        let empty = try await ending(after: [0x02, 0] + (0..<2000).flatMap { _ in [0, 0] as [UInt8] })
        #expect(empty.closure == .violation(.tooManyFragments(limit: 1024)))
        #expect(empty.code == 1008)
        let slow = try await ending({ $0.messageTimeout = .milliseconds(200) }, after: [0x02, 1, 0x61])
        #expect(slow.closure == .violation(.endlessMessage(.milliseconds(200))))
        #expect(slow.code == 1008)
    }

    /// Neither the closing nor the end of the connection is answered.
    @Test func aSilentServerIsLeft() async throws {
        let server = try await RawServer { HandshakeAnswer.right($0) }
        let socket = try await Opening.socket(server.port) { $0.closeTimeout = .milliseconds(100) }
        socket.close(.goingAway, reason: "bye")
        #expect(await socket.closed() == .byUs(.goingAway))
        try await Waiting.until { server.connections == 0 ? true : nil }
        #expect(server.closeCode == 1001)
        let dead = try await Opening.socket(server.port) {
            ($0.pingInterval, $0.pongTimeout) = (.milliseconds(100), .milliseconds(100))
        }
        #expect(await dead.closed() == .silent(.milliseconds(100)))
    }

    /// The last answer is enough (RFC 6455 section 5.5.3); what is never read is not kept.
    @Test func aFloodOfPingsIsAnsweredInBoundedRoom() async throws {
        let pings = (0..<20_000).flatMap { _ in [0x89, 4, 1, 2, 3, 4] as [UInt8] }
        let server = try await RawServer { HandshakeAnswer.right($0, then: pings) }
        let socket = try await Opening.socket(server.port)
        try await Waiting.until { server.frames.contains { $0.opcode == 10 } ? true : nil }
        #expect(socket.send(.text("still here")))
        try await Waiting.until { server.frames.contains { $0.payload == Array("still here".utf8) } ? true : nil }
        #expect(server.frames.allSatisfy { $0.isMasked })
        #expect(socket.closure == nil)
    }

    /// Sound for a peer that takes nothing is dropped, the oldest first; what must arrive is refused in the end.
    @Test func aPeerThatTakesNothingLosesSound() async throws {
        let server = try await RawServer(reads: false) { HandshakeAnswer.right($0) }
        let socket = try await Opening.socket(server.port) { $0.closeTimeout = .milliseconds(200) }
        let sound = OutgoingSocketMessage(.binary, [UInt8](repeating: 0, count: 640), isPerishable: true)
        // Far more than the buffers of both kernels.
        for _ in 0..<100_000 where socket.dropped < 1000 { socket.send(sound) }
        #expect(socket.dropped >= 1000)
        var taken = 0
        while socket.send(.text("must arrive")) { taken += 1 }
        #expect(taken <= 512)
        socket.close()
        #expect(await socket.closed() == .byUs(.normal))
        // A server that reads nothing does not see the end, either.
        server.read()
        try await Waiting.until { server.connections == 0 ? true : nil }
    }

    @Test func aSocketThatIsLetGoIsClosed() async throws {
        let server = try await RawServer { HandshakeAnswer.right($0) }
        var socket: GuardedSocket? = try await Opening.socket(server.port)
        try await Waiting.until { server.connections == 1 ? true : nil }
        #expect(socket?.closure == nil)
        socket = nil
        try await Waiting.until { server.connections == 0 ? true : nil }
    }

    @Test func aReaderThatIsCancelledEnds() async throws {
        let server = try await RawServer { HandshakeAnswer.right($0) }
        let socket = try await Opening.socket(server.port)
        let reader = Task { for await _ in socket.messages {} }
        reader.cancel()
        await reader.value
        #expect(socket.closure == nil)
        server.hangUp()
        #expect(await socket.closed() == .lost("the server ended it without closing the WebSocket"))
    }
}
