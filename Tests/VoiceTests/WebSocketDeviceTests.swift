import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Telephones that speak SIP over WebSocket with a number's SIP credential: each request is proven by digest.
@Suite(.timeLimit(.minutes(2))) struct WebSocketDeviceTests {
    private static let caller = "+254722000111"

    private static func run(_ body: (VoiceWorld) async throws -> Void) async throws {
        try await VoiceWorld.run(
            { $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0) },
            body
        )
    }

    @Test func itRegistersIsCalledAndCalls() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let account = try await DeviceTests.account(world)
            let device = try await TestBrowser(world, account)
            #expect(try await device.socket.answer().status == 101)
            let registered = try await device.register()
            #expect(registered.hasPrefix("SIP/2.0 200") && registered.contains("Require: outbound"), "\(registered)")
            let known = try await FindDevices(world.context).named(account.username, workspaceID: world.workspace.id)
            #expect(known.map(\.place.transport) == [.ws])

            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            let invite = try await device.request("INVITE")
            #expect(invite.contains("UDP/TLS/RTP/SAVPF"), "\(invite)")
            try await device.reply(to: invite, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            phone.hangUp()
            try await device.reply(to: try await device.request("BYE"), "200 OK")

            let answer = try await device.call(VoiceWorld.callee, from: account.username)
            #expect(answer.hasPrefix("SIP/2.0 200"), "\(answer)")
            _ = try await device.within(answer, "ACK", callee: VoiceWorld.callee, from: account.username)
            #expect(try await carrier.nextCall().request.headers.from?.uri.user == VoiceWorld.number)
            let bye = try await device.within(answer, "BYE", callee: VoiceWorld.callee, from: account.username)
            #expect(bye?.hasPrefix("SIP/2.0 200") == true)
        }
        await carrier.stop()
    }

    @Test func nothingIsDoneThatIsNotProven() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            // A trunk that is known by this very address.
            try await world.addTrunk(port: carrier.port)
            let account = try await DeviceTests.account(world)
            let thief = try await TestBrowser(world, DigestAccount(username: account.username, password: "guess"))
            for refused in [
                try await thief.register(), try await thief.call(VoiceWorld.callee, from: account.username),
                try await thief.call(VoiceWorld.number, from: Self.caller),
            ] {
                #expect(refused.hasPrefix("SIP/2.0 401"), "\(refused)")
            }
            let owner = try await TestBrowser(world, account)
            #expect(try await owner.register().hasPrefix("SIP/2.0 200"))
            let (callee, number) = (VoiceWorld.callee, account.username)
            let answer = try await owner.call(callee, from: number)
            #expect(answer.hasPrefix("SIP/2.0 200"), "\(answer)")
            let stolen = try await thief.within(answer, "BYE", callee: callee, from: number)
            #expect(stolen?.hasPrefix("SIP/2.0 481") == true, "\(stolen ?? "")")
            // The same telephone by another connection, once it has proven that it is.
            let again = try await TestBrowser(world, account)
            #expect(try await again.register().hasPrefix("SIP/2.0 200"))
            await owner.socket.cut()
            let bye = try await again.within(answer, "BYE", callee: callee, from: number)
            #expect(bye?.hasPrefix("SIP/2.0 200") == true, "\(bye ?? "")")
        }
        await carrier.stop()
    }

    @Test func aPageOfAnotherSiteIsNotLetIn() async throws {
        try await Self.run { world in
            let account = try await DeviceTests.account(world)
            _ = try await ManageBrowserOrigins(world.context).replace(
                by: ["https://app.example"],
                workspaceID: world.workspace.id
            )
            let expected = ["https://app.example": "200", "https://evil.example": "403", nil: "200"]
            for (origin, status) in expected {
                let device = try await TestBrowser(world, account, origin: origin)
                let answer = try await device.register()
                #expect(answer.hasPrefix("SIP/2.0 \(status)"), "\(origin ?? "no page"): \(answer)")
            }
        }
    }
}
