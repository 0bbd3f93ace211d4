import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// Browsers as devices of their workspace: their connection's token says who they are.
@Suite(.timeLimit(.minutes(2))) struct BrowserTests {
    private static let caller = "+254722000111"

    private static func run(_ body: (VoiceWorld) async throws -> Void) async throws {
        try await VoiceWorld.run(
            { $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0) },
            body
        )
    }

    private static func token(
        _ world: VoiceWorld,
        _ identity: String? = "asha",
        number: String? = nil,
        of workspaceID: Identifier? = nil
    ) -> SIPToken {
        SIPToken(
            workspaceID: workspaceID ?? world.workspace.id,
            identity: identity,
            number: number,
            issuedAt: world.clock.now()
        )
    }

    @Test func aBrowserCallsThroughTheTrunksAndIsBilled() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let before = try await world.balance()
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            let answer = try await browser.call(VoiceWorld.callee, from: VoiceWorld.number)
            #expect(answer.hasPrefix("SIP/2.0 200"), "\(answer)")
            _ = try await browser.within(answer, "ACK", callee: VoiceWorld.callee, from: VoiceWorld.number)
            let there = try await carrier.nextCall()
            #expect(there.request.headers.from?.uri.user == VoiceWorld.number)
            let parent = try await world.call { $0.parentID == nil }
            let leg = try await world.leg(of: parent)
            try await world.wait(for: .answered, of: leg)
            // The token ends in the middle of the call, which goes on and is hung up as any other.
            world.clock.advance(by: .seconds(360))
            let bye = try await browser.within(answer, "BYE", callee: VoiceWorld.callee, from: VoiceWorld.number)
            #expect(bye?.hasPrefix("SIP/2.0 200") == true)
            let (one, other) = (try await world.ended(parent), try await world.ended(leg))
            #expect(one.direction == .outbound && one.from == VoiceWorld.number && one.to == VoiceWorld.callee)
            #expect(one.status == .completed && one.costMinor == 0 && other.costMinor > 0)
            #expect(try await world.balance() == before - other.costMinor)
        }
        await carrier.stop()
    }

    @Test func aNumberIsShownThatTheWorkspaceOwns() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            for other in ["+254200000002", "+254712345678", "somebody"] {
                let refused = try await browser.call(VoiceWorld.callee, from: other)
                #expect(refused.hasPrefix("SIP/2.0 403") && refused.contains("number_not_owned"), "\(refused)")
            }
            let none = try await browser.call(VoiceWorld.callee, from: "asha")
            #expect(none.hasPrefix("SIP/2.0 403"), "\(none)")
            let named = try await browser.call(VoiceWorld.callee, from: "asha", preferred: VoiceWorld.number)
            #expect(named.hasPrefix("SIP/2.0 200"), "\(named)")
            let bound = try await TestBrowser.admitted(world, Self.token(world, "juma", number: VoiceWorld.number))
            let plain = try await bound.call(VoiceWorld.callee, from: "juma")
            #expect(plain.hasPrefix("SIP/2.0 200"), "\(plain)")
            let others = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
            let stranger = try await TestBrowser.admitted(world, Self.token(world, of: others.id))
            let theirs = try await stranger.call(VoiceWorld.callee, from: VoiceWorld.number)
            #expect(theirs.hasPrefix("SIP/2.0 403") && theirs.contains("number_not_owned"), "\(theirs)")
        }
        await carrier.stop()
    }

    @Test func aTokenThatHasEndedIsRenewedOnTheSameConnection() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            #expect(try await browser.register().hasPrefix("SIP/2.0 200"))
            world.clock.advance(by: .seconds(300))
            for refused in [
                try await browser.register(),
                try await browser.call(VoiceWorld.callee, from: VoiceWorld.number),
            ] {
                #expect(refused.hasPrefix("SIP/2.0 401") && refused.contains("WWW-Authenticate: Bearer"), "\(refused)")
            }
            let wrong = [
                Self.token(world, "juma"),
                Self.token(world, "asha", number: VoiceWorld.number),
                SIPToken(
                    workspaceID: world.workspace.id,
                    identity: "asha",
                    issuedAt: world.clock.now() - .seconds(600)
                ),
            ]
            for token in wrong {
                let refused = try await browser.register(bearer: try await VoiceWorld.tokens.sign(token))
                #expect(refused.hasPrefix("SIP/2.0 401"), "\(refused)")
            }
            let next = try await VoiceWorld.tokens.sign(Self.token(world))
            let renewed = try await browser.register(bearer: next)
            #expect(renewed.hasPrefix("SIP/2.0 200") && renewed.contains("Require: outbound"), "\(renewed)")
            #expect(try await browser.call(VoiceWorld.callee, from: VoiceWorld.number).hasPrefix("SIP/2.0 200"))
        }
        await carrier.stop()
    }

    @Test func everyBrowserOfTheNumbersWorkspaceRingsAndTheFirstToAnswerHasTheCall() async throws {
        let carrier = try await TestTrunk { _ in }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let asha = try await TestBrowser.admitted(world, Self.token(world))
            let juma = try await TestBrowser.admitted(world, Self.token(world, "juma", number: VoiceWorld.number))
            let others = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
            let stranger = try await TestBrowser.admitted(world, Self.token(world, of: others.id))
            for browser in [asha, juma, stranger] { #expect(try await browser.register().hasPrefix("SIP/2.0 200")) }
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            let (first, second) = (try await asha.request("INVITE"), try await juma.request("INVITE"))
            #expect(first.hasPrefix("INVITE sip:asha@x.invalid;transport=ws SIP/2.0"), "\(first)")
            #expect(first.contains("UDP/TLS/RTP/SAVPF 8 0 111 "), "\(first)")
            // Who has said nothing yet cannot be canceled (RFC 3261 section 9.1).
            try await asha.reply(to: first, "180 Ringing")
            try await juma.reply(to: second, "200 OK", body: TestBrowser.answer)
            try await phone.answered()
            let cancel = try await asha.request("CANCEL")
            try await asha.reply(to: cancel, "200 OK")
            try await asha.reply(to: first, "487 Request Terminated")
            phone.hangUp()
            try await juma.reply(to: try await juma.request("BYE"), "200 OK")
            let call = try await world.ended(try await world.inboundCall())
            #expect(call.status == .completed && call.costMinor == 0)
            #expect(!stranger.socket.texts.contains { $0.hasPrefix("INVITE") })
        }
        await carrier.stop()
    }

    /// A browser without G.711 is answered with Opus, and whoever is a browser and is dialled for it is offered Opus first: then
    /// nothing is coded anew between the two.
    @Test func browsersWithOpusAreBroughtTogetherWithIt() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let asha = try await TestBrowser.admitted(world, Self.token(world))
            let juma = try await TestBrowser.admitted(world, Self.token(world, "juma"))
            #expect(try await juma.register().hasPrefix("SIP/2.0 200"))
            let (callee, number) = (VoiceWorld.callee, VoiceWorld.number)
            let answer = try await asha.call(callee, from: number, body: TestBrowser.opusOffer)
            #expect(answer.contains("UDP/TLS/RTP/SAVPF 111 110") && answer.contains("opus/48000/2"), "\(answer)")
            _ = try await asha.within(answer, "ACK", callee: callee, from: number)
            let call = try await world.call { $0.parentID == nil }
            try await world.wait(for: .answered, of: call)
            _ = try await SteerCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                actions: [.dial(DialAction(.device("juma")))]
            )
            let invite = try await juma.request("INVITE")
            #expect(invite.contains("UDP/TLS/RTP/SAVPF 111 8 0 "), "\(invite)")
            try await juma.reply(to: invite, "486 Busy Here")
            _ = try await asha.within(answer, "BYE", callee: callee, from: number)
            _ = try await world.ended(call)
        }
        await carrier.stop()
    }

    /// A page whose network has changed has another connection; another's page that knows the call's tags is nobody.
    @Test func aCallGoesOnByAnotherConnectionOfTheSameBrowserAlone() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let (callee, number) = (VoiceWorld.callee, VoiceWorld.number)
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            let answer = try await browser.call(callee, from: number)
            _ = try await browser.within(answer, "ACK", callee: callee, from: number)
            let there = try await carrier.nextCall()
            let others = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
            for token in [Self.token(world, of: others.id), Self.token(world, "juma")] {
                let stranger = try await TestBrowser.admitted(world, token)
                let refused = try await stranger.within(answer, "BYE", callee: callee, from: number)
                #expect(refused?.hasPrefix("SIP/2.0 481") == true, "\(refused ?? "")")
            }
            let again = try await TestBrowser.admitted(world, Self.token(world))
            await browser.socket.cut()
            let taken = try await again.within(answer, "INVITE", callee: callee, from: number)
            #expect(taken?.hasPrefix("SIP/2.0 200") == true, "\(taken ?? "")")
            _ = try await again.within(try #require(taken), "ACK", callee: callee, from: number)
            there.session.hangUp()
            try await again.reply(to: try await again.request("BYE"), "200 OK")
            #expect(try await world.ended(try await world.call { $0.parentID == nil }).status == .completed)
        }
        await carrier.stop()
    }

    /// A network that lets no packet of the browser's through.
    @Test func aCallWhoseHandshakeNeverComesIsEnded() async throws {
        let carrier = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.sip.webSockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: 0)
            $0.handshakeLimit = .milliseconds(300)
        } _: { world in
            try await world.addTrunk(port: carrier.port)
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            let (callee, number) = (VoiceWorld.callee, VoiceWorld.number)
            let answer = try await browser.call(callee, from: number, body: TestBrowser.answer)
            #expect(answer.contains("UDP/TLS/RTP/SAVPF 8 126") && answer.contains("a=ice-lite"), "\(answer)")
            _ = try await browser.within(answer, "ACK", callee: callee, from: number)
            try await browser.reply(to: try await browser.request("BYE"), "200 OK")
            let call = try await world.ended(try await world.call { $0.parentID == nil })
            #expect(call.hangupCause == .mediaTimeout, "\(String(describing: call.hangupCause))")
        }
        await carrier.stop()
    }

    @Test func aBrowserThatIsGoneIsNotRung() async throws {
        let carrier = try await TestTrunk { _ in }
        try await Self.run { world in
            try await world.addTrunk(port: carrier.port)
            let browser = try await TestBrowser.admitted(world, Self.token(world))
            #expect(try await browser.register().hasPrefix("SIP/2.0 200"))
            await browser.socket.cut()
            let counters = world.agent.counters
            try await Waiting.until { counters.webSocketsOpen.load(ordering: .relaxed) == 0 ? true : nil }
            let phone = try carrier.call(VoiceWorld.number, from: Self.caller, port: world.port)
            #expect(try await phone.refusal() == 480)
        }
        await carrier.stop()
    }

    @Test func theGateRefusesBadTokensAndTooManyConnections() async throws {
        try await Self.run { world in
            for (token, status) in [
                (SIPToken(workspaceID: world.workspace.id, issuedAt: world.clock.now() - .seconds(300)), 401),
                (Self.token(world, of: world.context.ids.next()), 401),
            ] {
                #expect(try await TestBrowser(world, token).socket.answer().status == status)
            }
            let token = Self.token(world)
            var browsers: [TestBrowser] = []
            for _ in 0..<10 { browsers.append(try await TestBrowser.admitted(world, token)) }
            #expect(try await TestBrowser(world, token).socket.answer().status == 429)
            await browsers[0].socket.cut()
            let counters = world.agent.counters
            try await Waiting.until { counters.webSocketsOpen.load(ordering: .relaxed) == 9 ? true : nil }
            _ = try await TestBrowser.admitted(world, token)
            _ = try await ManageBrowserOrigins(world.context).replace(
                by: ["https://app.example"],
                workspaceID: world.workspace.id
            )
            #expect(try await TestBrowser(world, Self.token(world, "juma")).socket.answer().status == 403)
        }
    }
}
