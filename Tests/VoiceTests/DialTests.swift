import MediaEngine
import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Calls that dial others: rung, connected, billed leg by leg.
@Suite(.timeLimit(.minutes(1))) struct DialTests {
    private static let other = "+254733000222"

    @Test func theTwoHearEachOtherAndEachLegIsBilled() async throws {
        let server = try await VoiceServer { _, _ in .actions(.dial(DialAction(.numbers([Self.other])))) }
        try await InboundTests.call(server) { world, phone, trunk in
            let callee = try await trunk.nextCall()
            try await phone.answered()
            let inbound = try await world.inboundCall()
            try await world.entry("flow.connected", of: inbound)
            callee.leg.play(.tone(hertz: 1000, duration: .seconds(20)))
            phone.leg.play(.tone(hertz: 440, duration: .seconds(20)))
            let heardByPhone = try await Self.hears(1000, phone)
            #expect(heardByPhone)
            world.clock.advance(by: .seconds(47))
            callee.session.hangUp()
            try await phone.ended()
            let settled = try await world.ended(inbound)
            #expect(settled.status == .completed && settled.costMinor == 0)
            let leg = try await world.leg(of: inbound)
            #expect(leg.to == Self.other && leg.from == VoiceWorld.number && leg.direction == .outbound)
            #expect(try await world.ended(leg).costMinor == 235)
        }
    }

    @Test func theCallerHearsBusyFromTheNextDocument() async throws {
        let server = try await VoiceServer { asked, _ in
            if asked.path == "/after" { return .actions(.reject(.busy)) }
            return .actions(.dial(DialAction(.numbers([Self.other]), action: "/after")))
        }
        let busy = try await TestTrunk { $0.session.reject(status: 486) }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: busy.port)
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let phone = try busy.call(VoiceWorld.number, from: "+254722000111", port: world.port)
            #expect(try await phone.refusal() == 486)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "busy" && after.fields["callSessionState"] == "DialCompleted")
        }
        await busy.stop()
    }

    @Test func ofTwoPhonesTheFirstToAnswerIsConnected() async throws {
        let numbers = [Self.other, "+254733000333"]
        let server = try await VoiceServer { _, _ in .actions(.dial(DialAction(.numbers(numbers)))) }
        let trunk = try await TestTrunk { call in
            call.session.ring()
            if call.session.request.uri.user == Self.other { call.answer() }
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let phone = try trunk.call(VoiceWorld.number, from: "+254722000111", port: world.port)
            try await phone.answered()
            let inbound = try await world.inboundCall()
            try await world.entry("flow.connected", of: inbound)
            let legs = try await Waiting.until {
                let legs = try await world.legs(of: inbound)
                return legs.contains { $0.status == .canceled } ? legs : nil
            }
            #expect(legs.count == 2 && legs.contains { $0.to == Self.other && $0.status == .answered })
            phone.hangUp()
            _ = try await world.ended(inbound)
            for leg in legs { #expect(try await world.ended(leg).status != .failed) }
        }
        await trunk.stop()
    }

    @Test func aCallerIDThatIsNotOwnedIsNotShown() async throws {
        let server = try await VoiceServer { _, count in
            count > 1
                ? .actions(.hangup) : .actions(.dial(DialAction(.numbers([Self.other]), callerID: "+254700999999")))
        }
        try await InboundTests.call(server) { world, phone, trunk in
            try await phone.ended()
            let inbound = try await world.ended(world.inboundCall())
            let refused = try await world.entry("flow.dial_refused", of: inbound)
            #expect(refused.details["code"] == "numbers.not_owned")
            #expect(trunk.callCount == 0)
        }
    }

    private static func hears(_ hertz: Double, _ phone: CallingPhone) async throws -> Bool {
        try await Waiting.until {
            let before = await phone.leg.statistics().received
            phone.listen()
            // Half a second of sound is enough to measure.
            try await Waiting.until { await phone.leg.statistics().received > before + 30 ? true : nil }
            return Goertzel.share(of: hertz, in: try await phone.heard()) > 0.5 ? true : nil
        }
    }
}
