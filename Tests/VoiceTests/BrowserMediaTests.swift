import Platform
import Primitives
import SIPStack
import TestSupport
import Testing

/// What our answers to browsers say of where their sound goes.
@Suite(.timeLimit(.minutes(2))) struct BrowserMediaTests {
    private static func run(_ body: (VoiceWorld, TestBrowser) async throws -> Void) async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0)
            $0.mediaHost = "203.0.113.7"
        } _: { world in
            try await world.addTrunk(port: carrier.port)
            let token = SIPToken(workspaceID: world.workspace.id, identity: "asha", issuedAt: world.clock.now())
            try await body(world, try await TestBrowser.admitted(world, token))
        }
        await carrier.stop()
    }

    /// Behind a translator of addresses nobody outside knows the one that is bound.
    @Test func browsersAreToldThePublicAddress() async throws {
        try await Self.run { _, browser in
            let answer = try await browser.call(VoiceWorld.callee, from: VoiceWorld.number, body: TestBrowser.answer)
            let lines = answer.split(separator: "\r\n")
            let port = try #require(answer.firstMatch(of: /\r\nm=audio (\d+)/)).1
            let candidates = lines.filter { $0.hasPrefix("a=candidate:") }
            #expect(candidates == ["a=candidate:1 1 udp 2130706431 203.0.113.7 \(port) typ host"], "\(answer)")
            #expect(lines.contains("c=IN IP4 203.0.113.7") && lines.contains { $0.hasSuffix(" IN IP4 203.0.113.7") })
            #expect(lines.contains("a=group:BUNDLE 0") && lines.contains("a=mid:0") && lines.contains("a=rtcp-mux"))
        }
    }

    /// Reports on a port of their own, which we have none for (RFC 8858).
    @Test func whoDoesNotShareThePortIsRefused() async throws {
        try await Self.run { _, browser in
            let body = TestBrowser.answer.replacing("a=rtcp-mux\r\n", with: "")
            let answer = try await browser.call(VoiceWorld.callee, from: VoiceWorld.number, body: body)
            #expect(answer.hasPrefix("SIP/2.0 488"), "\(answer)")
        }
    }
}
