import HTTPTypes
import MediaEngine
import Platform
import Primitives
import SIPStack
import TestSupport
import Testing

/// Calls that come in over a trunk, from the INVITE to the end.
@Suite(.timeLimit(.minutes(1))) struct InboundTests {
    static let caller = "+254722000111"

    /// A node whose number asks `server`, a carrier that it knows, and a phone that calls the number.
    ///
    /// - Parameters:
    ///   - carrier: stopped afterwards; one that answers every call when nil.
    ///   - change: what is special about the node.
    static func call(
        _ server: VoiceServer,
        fallback: VoiceServer? = nil,
        format: String = "json",
        over carrier: TestTrunk? = nil,
        node change: (inout VoiceWorld.Settings) -> Void = { _ in },
        _ body: (VoiceWorld, CallingPhone, TestTrunk) async throws -> Void
    ) async throws {
        let trunk = if let carrier { carrier } else { try await TestTrunk { $0.answer() } }
        try await VoiceWorld.run(change) { world in
            try await world.addTrunk(port: trunk.port)
            let (url, secondURL) = (server.url(), fallback?.url("/fallback"))
            try await world.route { routing in
                routing.voiceCallbackURL = url
                routing.fallbackURL = secondURL
                routing.callbackFormat = format
            }
            let phone = try trunk.call(VoiceWorld.number, from: caller, port: world.port)
            try await body(world, phone, trunk)
        }
        await trunk.stop()
    }

    @Test func aCallIsAnsweredHeardAndFree() async throws {
        let server = try await VoiceServer { _, _ in
            // Long enough for a busy machine to begin to listen in the middle of it.
            .actions(.play(PlayAction(.tone(hertz: 440, .seconds(3)))), .hangup)
        }
        try await Self.call(server) { world, phone, _ in
            try await phone.answered()
            phone.listen()
            guard case .ended(.remoteBye) = try await phone.ended() else {
                Issue.record("the node did not hang up")
                return
            }
            #expect(Goertzel.share(of: 440, in: try await phone.heard()) > 0.5)
            let call = try await world.ended(world.onlyCall())
            #expect(call.direction == .inbound && call.status == .completed && call.costMinor == 0)
            #expect(call.from == Self.caller && call.to == VoiceWorld.number)
            let asked = try #require(server.all.first)
            #expect(server.all.filter { $0.fields["callSessionState"] == "Ringing" }.count == 1)
            let names = [
                "sessionId", "CallSid", "call_id", "callerNumber", "From", "from", "destinationNumber", "To", "to",
            ]
            #expect(names.allSatisfy { asked.fields[$0]?.isEmpty == false })
            #expect(asked.fields["callSessionState"] == "Ringing" && asked.fields["direction"] == "inbound")
            #expect(asked.headers["user-agent"] == "Sautikit-VoiceProxy")
            let signature = try #require(asked.headers["x-sautikit-signature"])
            #expect(
                WebhookSignature.isValid(
                    signature,
                    body: asked.body,
                    secret: VoiceWorld.signingSecret,
                    at: world.clock.now()
                )
            )
            let kinds = try await world.kinds(call)
            #expect(kinds.contains("flow.callback") && kinds.contains("sip.answered"))
        }
    }

    @Test func aFormIsSentToThoseWhoAsk() async throws {
        let server = try await VoiceServer { _, _ in .actions(.reject(.rejected)) }
        try await Self.call(server, format: "form") { _, phone, _ in
            #expect(try await phone.refusal() == 603)
            let asked = try #require(server.all.first)
            #expect(asked.headers["content-type"] == "application/x-www-form-urlencoded")
            #expect(asked.fields["callerNumber"] == Self.caller)
        }
    }

    @Test func aBusyCallIsRejectedUnansweredAndFree() async throws {
        let server = try await VoiceServer { _, _ in .actions(.reject(.busy)) }
        try await Self.call(server) { world, phone, _ in
            let before = try await world.balance()
            #expect(try await phone.refusal() == 486)
            let call = try await world.ended(world.onlyCall())
            #expect(call.status == .busy && call.answeredAt == nil)
            #expect(try await world.balance() == before)
        }
    }

    @Test func keysAreSentAndTheNextDocumentFollows() async throws {
        let server = try await VoiceServer { asked, _ in
            if asked.fields["Digits"] == "42" { return .actions(.hangup) }
            return .actions(.getDigits(GetDigitsAction(timeout: .seconds(20), numDigits: 2)))
        }
        try await Self.call(server) { world, phone, _ in
            try await phone.answered()
            try await world.entry("media.first_packet", of: world.onlyCall())
            phone.leg.sendDigits("42")
            try await phone.ended()
            let states = server.all.compactMap { $0.fields["callSessionState"] }
            #expect(states.prefix(2) == ["Ringing", "Answered"])
            #expect(try await world.ended(world.onlyCall()).status == .completed)
        }
    }

    @Test func theFallbackIsAskedWhenTheFirstServerFails() async throws {
        let server = try await VoiceServer { _, _ in .failure(.internalServerError) }
        let fallback = try await VoiceServer { _, _ in .actions(.reject(.busy)) }
        try await Self.call(server, fallback: fallback) { world, phone, _ in
            #expect(try await phone.refusal() == 486)
            // Once more, since a server that is being restarted is back soon.
            #expect(server.all.filter { $0.path == "/voice" && $0.fields["callSessionState"] == "Ringing" }.count == 2)
            #expect(fallback.all.first?.fields["ErrorMessage"] == "the server answered 500")
            let call = try await world.ended(world.onlyCall())
            // What is told of the end, and asked for again, comes after that.
            let before = try await world.kinds(call).prefix { $0 != "flow.reject" }
            #expect(before.count { $0 == "flow.callback" } == 3, "\(before)")
        }
    }

    @Test(arguments: ["not a document", #"{"actions":[{"sing":{}}]}"#, #"{"actions":"#, "<Response><Sing/></Response>"])
    func whenNoServerHelpsTheCallerHearsAnApology(_ body: String) async throws {
        let type = body.hasPrefix("<") ? "text/xml" : body.hasPrefix("{") ? "application/json" : "text/plain"
        let server = try await VoiceServer { _, _ in .init(contentType: type, body: body) }
        try await Self.call(server) { world, phone, _ in
            try await phone.answered()
            phone.listen()
            try await phone.ended()
            let heard = try await phone.heard()
            #expect(heard.contains { abs(Int($0)) > 2000 })
            let call = try await world.ended(world.onlyCall())
            #expect(call.hangupCause == .normalTemporaryFailure)
            #expect(try await world.kinds(call).contains("flow.failed"))
        }
    }

    @Test func aCallerWhoGivesUpLeavesACanceledCall() async throws {
        let server = try await VoiceServer { _, _ in
            await Silence.forever()
            return .actions()
        }
        try await Self.call(server) { world, phone, _ in
            try await phone.first { if case .provisional(180, _) = $0 { true } else { false } }
            phone.hangUp()
            try await phone.ended()
            let call = try await world.ended(world.onlyCall())
            #expect(call.status == .canceled && call.hangupCause == .originatorCancel)
            #expect(try await world.sentence(call) == "The caller gave up before anybody answered.")
        }
    }

    @Test func aNumberThatIsSuspendedIsNotReached() async throws {
        let server = try await VoiceServer { _, _ in .actions(.hangup) }
        try await Self.call(server) { world, phone, trunk in
            try await phone.ended()
            _ = try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
            let second = try trunk.call(VoiceWorld.number, from: Self.caller, port: world.port)
            #expect(try await second.refusal() == 480)
            let calls = try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: CallFilter()).calls
            #expect(calls.count == 2 && calls[0].status == .failed)
            #expect(
                try await world.sentence(calls[0])
                    == "The number or its workspace is suspended, so the call was refused."
            )
        }
    }

    @Test func strangersAndUnknownNumbersAreRefused() async throws {
        let (known, stranger) = (try await TestTrunk { _ in }, try await TestTrunk { _ in })
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: known.port)
            let lost = try known.call("+254200000099", from: Self.caller, port: world.port)
            let status = try await lost.refusal()
            #expect(status == 404)
            let refused = try stranger.call(VoiceWorld.number, from: Self.caller, port: world.port)
            #expect(try await refused.refusal() == 403)
            #expect(
                try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: CallFilter()).calls.isEmpty
            )
        }
        await known.stop()
        await stranger.stop()
    }
}
