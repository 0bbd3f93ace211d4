import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Calls within a workspace: who has a name is called by it, and nobody pays.
@Suite(.timeLimit(.minutes(2))) struct ColleagueTests {
    /// What an ordinary browser says: it has Opus and what telephones have.
    private static let ordinary = TestBrowser.answer
        .replacing("SAVPF 8 126", with: "SAVPF 111 8 110 126")
        .replacing(
            "a=rtpmap:8 ",
            with: "a=rtpmap:111 opus/48000/2\r\na=rtpmap:110 telephone-event/48000\r\na=rtpmap:8 "
        )

    private static func run(_ body: (VoiceWorld, TestBrowser) async throws -> Void) async throws {
        try await VoiceWorld.run(
            { $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0) },
            { world in try await body(world, try await browser(world, "asha")) }
        )
    }

    private static func browser(
        _ world: VoiceWorld,
        _ identity: String,
        of workspaceID: Identifier? = nil
    ) async throws -> TestBrowser {
        let workspaceID = workspaceID ?? world.workspace.id
        let token = SIPToken(workspaceID: workspaceID, identity: identity, issuedAt: world.clock.now())
        let browser = try await TestBrowser.admitted(world, token)
        #expect(try await browser.register().hasPrefix("SIP/2.0 200"))
        return browser
    }

    /// Opus passes between two browsers as it is, though both have G.711 as well; with one that answers with that alone both have it.
    @Test(arguments: [true, false]) func twoBrowsersAgreeOnWhatBothHave(hasOpus: Bool) async throws {
        try await Self.run { world, asha in
            let juma = try await Self.browser(world, "juma")
            let before = try await world.balance()
            async let calling = asha.call("juma", from: "asha", preferred: VoiceWorld.number, body: Self.ordinary)
            let invite = try await juma.request("INVITE")
            #expect(invite.contains("UDP/TLS/RTP/SAVPF 111 8 0 "), "\(invite)")
            // Who calls has the name by which they can be called back.
            #expect(invite.contains("\r\nFrom: <sip:asha@"), "\(invite)")
            try await juma.reply(to: invite, "200 OK", body: hasOpus ? Self.ordinary : TestBrowser.answer)
            let answer = try await calling
            #expect(answer.hasPrefix("SIP/2.0 200"), "\(answer)")
            #expect(answer.contains("UDP/TLS/RTP/SAVPF \(hasOpus ? "111 110" : "8 126")\r\n"), "\(answer)")
            _ = try await asha.within(answer, "ACK", callee: "juma", from: "asha")
            let parent = try await world.call { $0.parentID == nil }
            let leg = try await world.leg(of: parent)
            try await world.wait(for: .answered, of: leg)
            _ = try await asha.within(answer, "BYE", callee: "juma", from: "asha")
            try await juma.reply(to: try await juma.request("BYE"), "200 OK")
            let calls = [try await world.ended(parent), try await world.ended(leg)]
            #expect(calls.allSatisfy { $0.status == .completed && $0.costMinor == 0 && $0.callerID == "asha" })
            #expect(calls[0].to == "juma" && calls[0].from == VoiceWorld.number && calls[0].direction == .outbound)
            #expect(try await world.balance() == before)
        }
    }

    @Test func telephonesAreCalledByTheirUserNames() async throws {
        try await Self.run { world, asha in
            let desk = try await TestDevice(try await DeviceTests.account(world))
            #expect(await desk.register(at: world.port).status == 200)
            let name = desk.account.username
            let answer = try await asha.call(name, from: VoiceWorld.number, body: Self.ordinary)
            #expect(answer.contains("UDP/TLS/RTP/SAVPF 8 126\r\n"), "\(answer)")
            _ = try await asha.within(answer, "ACK", callee: name, from: VoiceWorld.number)
            let there = try await desk.nextCall()
            #expect(there.session.request.headers.from?.uri.user == "asha")
            let calling = try desk.call("asha", at: world.port)
            let invite = try await asha.request("INVITE")
            #expect(invite.contains("\r\nFrom: <sip:\(name)@"), "\(invite)")
            try await asha.reply(to: invite, "603 Decline")
            #expect(try await calling.refusal() == 603)
            there.session.hangUp()
            try await asha.reply(to: try await asha.request("BYE"), "200 OK")
            await desk.stop()
        }
    }

    @Test func strangersAndThoseWhoAreNotThereAreNotReached() async throws {
        try await Self.run { world, asha in
            let others = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
            let stranger = try await Self.browser(world, "juma", of: others.id)
            let refused = try await asha.call("juma", from: VoiceWorld.number, body: Self.ordinary)
            #expect(refused.hasPrefix("SIP/2.0 480"), "\(refused)")
            #expect(!stranger.socket.texts.contains { $0.hasPrefix("INVITE") })
        }
    }

    /// They cost nothing, and are limited all the same.
    @Test func asManyCallsMayBeLiveAsOfAnyKind() async throws {
        try await Self.run { world, asha in
            let juma = try await Self.browser(world, "juma")
            _ = try await ManageLimits(world.context).change(workspaceID: world.workspace.id) {
                $0.concurrentCalls = 1
            }
            async let first = asha.call("juma", from: VoiceWorld.number, body: Self.ordinary)
            let invite = try await juma.request("INVITE")
            let refused = try await asha.call("juma", from: VoiceWorld.number, body: Self.ordinary)
            #expect(refused.hasPrefix("SIP/2.0 503"), "\(refused)")
            try await juma.reply(to: invite, "486 Busy Here")
            #expect(try await first.hasPrefix("SIP/2.0 486"))
        }
    }
}
