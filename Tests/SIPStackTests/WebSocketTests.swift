import Foundation
import NIOPosix
import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// SIP over WebSocket (RFC 7118).
@Suite(.timeLimit(.minutes(2))) struct WebSocketTests {
    private static let good = [("Sec-WebSocket-Protocol", "sip, sautikit.token.good")]

    private static func agent(
        _ pass: TestPass? = TestPass(),
        _ change: (inout SIPWebSocketSettings) -> Void = { _ in },
        onInvite: (@Sendable (SIPSession) -> Void)? = nil
    ) async throws -> (agent: SIPUserAgent, port: Int) {
        var settings = SIPWebSocketSettings()
        settings.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0)
        change(&settings)
        let (agent, _) = try await LoopbackTests.agent({ $0.webSockets = settings }, onInvite: onInvite)
        await agent.takeSockets(pass)
        return (agent, try #require(await agent.webSocketPorts().plain))
    }

    private static func open(_ port: Int) async throws -> RawWebSocket {
        let socket = try await RawWebSocket(port: port, headers: good)
        #expect(try await socket.answer().status == 101)
        return socket
    }

    private static func request(
        _ method: String,
        to tag: String? = nil,
        branch: String = "1",
        body: String = ""
    ) -> String {
        var lines = [
            "\(method) sip:+254712345678@sautikit.local SIP/2.0",
            "Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK\(branch)", "From: <sip:asha@sautikit.local>;tag=a",
            "To: <sip:+254712345678@sautikit.local>" + (tag.map { ";tag=\($0)" } ?? ""), "Call-ID: websocket",
            "CSeq: 1 \(method)", "Max-Forwards: 70", "Contact: <sip:asha@df7jal23ls0d.invalid;transport=ws;ob>",
        ]
        if !body.isEmpty { lines.append("Content-Type: application/sdp") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static func tag(of text: String) -> String? {
        text.firstMatch(of: /\r\nTo: [^\r]*;tag=([^\r;]+)/).map { String($0.1) }
    }

    @Test func theHandshakeIsThatOfTheRFC() async throws {
        let pass = TestPass()
        let (agent, port) = try await Self.agent(pass)
        let ways: [(path: String, headers: [(String, String)])] = [
            ("/", Self.good),
            ("/ws?a=b&token=good", [("Sec-WebSocket-Protocol", "sip")]),
            (
                "/",
                [
                    ("Sec-WebSocket-Protocol", "sip"), ("Authorization", "Bearer good"),
                    ("Origin", "https://a.example"),
                ]
            ),
        ]
        for way in ways {
            let socket = try await RawWebSocket(port: port, path: way.path, headers: way.headers)
            let answer = try await socket.answer()
            #expect(answer.status == 101 && answer.head.lowercased().contains("sec-websocket-protocol: sip"))
            // The example of RFC 6455 section 1.3.
            #expect(answer.head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            #expect(!answer.head.contains("good"))
            await socket.cut()
        }
        #expect(pass.handshakes.withLock { $0.map(\.origin) } == [nil, nil, "https://a.example"])
        try await Waiting.until { pass.closed.withLock { $0 } == 3 ? true : nil }
        #expect(agent.counters.webSocketsOpened.load(ordering: .relaxed) == 3)
        await agent.shutDown()
    }

    @Test(arguments: [
        ("sip, sautikit.token.bad", 401), ("sip", 401), ("sip, sautikit.token.suspended", 403),
        ("sip, sautikit.token.busy", 429), ("chat, sautikit.token.good", 400), ("sautikit.token.good", 400),
    ])
    func whoIsRefusedIsToldBeforeTheUpgrade(protocols: String, status: Int) async throws {
        let (agent, port) = try await Self.agent()
        let socket = try await RawWebSocket(port: port, headers: [("Sec-WebSocket-Protocol", protocols)])
        let answer = try await socket.answer()
        #expect(answer.status == status)
        #expect(answer.head.contains("WWW-Authenticate: Bearer") == (status == 401))
        try await Waiting.until { socket.isClosed ? true : nil }
        #expect(agent.counters.webSocketsRefused.load(ordering: .relaxed) == 1)
        await agent.shutDown()
    }

    @Test func withoutAGateNobodyComesIn() async throws {
        let (agent, port) = try await Self.agent(nil)
        let socket = try await RawWebSocket(port: port, headers: Self.good)
        #expect(try await socket.answer().status == 503)
        await agent.shutDown()
    }

    @Test func whatIsNoHandshakeIsAnsweredOrLetGo() async throws {
        let (agent, port) = try await Self.agent(TestPass(), { $0.handshakeTimeout = .milliseconds(200) })
        let page = try await RawSIPStream(port: port)
        try await page.send(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        try await Waiting.until { page.isClosed ? true : nil }
        let silent = try await RawSIPStream(port: port)
        try await Waiting.until { silent.isClosed ? true : nil }
        let sip = try await RawSIPStream(port: port)
        try await sip.send(Array(Self.request("OPTIONS").utf8))
        try await Waiting.until { sip.isClosed ? true : nil }
        await agent.shutDown()
    }

    @Test(arguments: [UInt8(1), 2])
    func aRequestIsOneFrameAndSoIsItsAnswer(opcode: UInt8) async throws {
        let (agent, port) = try await Self.agent()
        let socket = try await Self.open(port)
        try await socket.send(opcode, Array(Self.request("OPTIONS").utf8))
        let answer = try await Waiting.until { socket.texts.first }
        #expect(answer.hasPrefix("SIP/2.0 200") && answer.contains("Via: SIP/2.0/WS df7jal23ls0d.invalid"))
        await agent.shutDown()
    }

    @Test func aMessageMayComeInFragmentsWithPingsBetween() async throws {
        let (agent, port) = try await Self.agent()
        let socket = try await Self.open(port)
        let bytes = Array(Self.request("OPTIONS").utf8)
        try await socket.send(1, Array(bytes[..<50]), fin: false)
        try await socket.send(9, [1, 2, 3])
        try await socket.send(0, Array(bytes[50..<90]), fin: false)
        try await socket.send(0, Array(bytes[90...]))
        #expect(try await Waiting.until { socket.texts.first }.hasPrefix("SIP/2.0 200"))
        #expect(socket.frames.contains { $0.opcode == 10 && $0.payload == [1, 2, 3] })
        try await socket.send("\r\n\r\n")
        try await Waiting.until { socket.texts.contains("\r\n") ? true : nil }
        await agent.shutDown()
    }

    @Test func whatBreaksTheRulesIsClosedWithTheReason() async throws {
        let (agent, port) = try await Self.agent(
            TestPass(),
            {
                $0.largestMessage = 4000
                $0.mostFragments = 4
                $0.fragmentTimeout = .milliseconds(300)
            }
        )
        let line = Array(repeating: UInt8(ascii: "a"), count: 1500)
        let attacks: [(code: Int, frames: [(UInt8, [UInt8], Bool, Bool)])] = [
            (1009, [(1, Array(repeating: 0, count: 4001), true, true)]),
            (1009, [(1, line, false, true), (0, line, false, true), (0, line, false, true)]),
            (1008, [(1, [1], false, true)] + Array(repeating: (0, [1], false, true), count: 4)),
            // Begun, and never ended.
            (1008, [(2, [1], false, true)]),
            (1002, [(0, [1], true, true)]),
            (1002, [(1, [1], false, true), (1, [1], true, true)]),
            (1002, [(1, [1], true, false)]),
            (1002, [(0x41, [1], true, true)]),
            (1002, [(3, [1], true, true)]),
            (1000, [(8, [], true, true)]),
        ]
        for (index, attack) in attacks.enumerated() {
            let socket = try await Self.open(port)
            for (opcode, payload, fin, isMasked) in attack.frames {
                // The other side may have closed by now.
                _ = try? await socket.send(opcode, payload, fin: fin, isMasked: isMasked)
            }
            try await Waiting.until { socket.isClosed ? true : nil }
            #expect(socket.closeCode == attack.code, "attack \(index): \(socket.closeCode ?? 0)")
        }
        #expect(agent.counters.webSocketsDropped.load(ordering: .relaxed) == attacks.count - 1)
        // Whoever keeps the rules is not harmed by any of this.
        let socket = try await Self.open(port)
        try await socket.send(2, [0, 1, 2, 3])
        try await socket.send("GET / HTTP/1.1\r\n\r\n")
        try await socket.send(Self.request("OPTIONS"))
        #expect(try await Waiting.until { socket.texts.first }.hasPrefix("SIP/2.0 200"))
        #expect(agent.counters.unreadable.load(ordering: .relaxed) == 2)
        await agent.shutDown()
    }

    @Test func whoIsSilentIsAskedAndThenLetGo() async throws {
        let pass = TestPass()
        let (agent, port) = try await Self.agent(pass, { $0.pingInterval = .milliseconds(200) })
        let socket = try await Self.open(port)
        try await Waiting.until { socket.isClosed ? true : nil }
        #expect(socket.frames.contains { $0.opcode == 9 })
        try await Waiting.until { pass.closed.withLock { $0 } == 1 ? true : nil }
        await agent.shutDown()
    }

    @Test func anAddressHasSoManyConnections() async throws {
        let (agent, port) = try await Self.agent(TestPass(), { $0.connectionsPerAddress = 2 })
        let (first, second) = (try await Self.open(port), try await Self.open(port))
        let third = try await RawSIPStream(port: port)
        try await Waiting.until { third.isClosed ? true : nil }
        await first.cut()
        try await Waiting.until { agent.counters.webSocketsOpen.load(ordering: .relaxed) == 1 ? true : nil }
        _ = try await Self.open(port)
        #expect(!second.isClosed)
        await agent.shutDown()
    }

    @Test func aCallGoesBothWaysByItsConnectionAlone() async throws {
        let pass = TestPass()
        let (events, yield) = AsyncStream.makeStream(of: SessionEvent.self)
        let (sessions, session) = AsyncStream.makeStream(of: SIPSession.self)
        let take: @Sendable (SIPSession) -> Void = { call in
            call.onEvents { yield.yield($0) }
            call.answer(body: LoopbackTests.offer)
            session.yield(call)
        }
        let (agent, port) = try await Self.agent(pass, onInvite: take)
        let socket = try await Self.open(port)
        try await socket.send(Self.request("INVITE", body: String(decoding: LoopbackTests.offer, as: UTF8.self)))
        let answer = try await Waiting.until { socket.texts.first { $0.hasPrefix("SIP/2.0 200") } }
        #expect(answer.contains("transport=ws"))
        let call = try await Waiting.first(of: sessions)
        #expect(call.source?.transport == .ws && call.source?.pass === pass)
        try await socket.send(Self.request("ACK", to: Self.tag(of: answer), branch: "2"))
        // The browser's Contact is no address.
        call.hangUp()
        let bye = try await Waiting.until { socket.texts.first { $0.hasPrefix("BYE ") } }
        #expect(bye.contains("Via: SIP/2.0/WS 127.0.0.1:\(port)"))
        let copied = bye.split(separator: "\r\n").dropFirst().filter { !$0.hasPrefix("Content-Length") }
        try await socket.send("SIP/2.0 200 OK\r\n" + copied.joined(separator: "\r\n") + "\r\n\r\n")
        _ = try await Waiting.first(of: events) { if case .ended = $0 { true } else { false } }
        try await Waiting.until { await agent.load().sessions == 0 ? true : nil }
        await agent.shutDown()
    }
}
