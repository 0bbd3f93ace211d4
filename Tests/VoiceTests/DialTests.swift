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
            try await phone.talks(with: callee)
            world.clock.advance(by: .seconds(47))
            callee.session.hangUp()
            try await phone.ended()
            let settled = try await world.ended(inbound)
            #expect(settled.status == .completed && settled.costMinor == 0)
            let leg = try await world.leg(of: inbound)
            #expect(leg.to == Self.other && leg.from == VoiceWorld.number && leg.direction == .outbound)
            #expect(try await world.ended(leg).costMinor == 235)
            #expect(try await world.sentence(leg) == "The callee hung up after 47 s.")
            #expect(
                try await world.sentence(inbound)
                    == "Your document had no more actions, so the call was ended after 47 s."
            )
        }
    }

    @Test func theCallerHearsBusyFromTheNextDocument() async throws {
        let server = try await VoiceServer { asked, _ in
            if asked.path == "/after" { return .actions(.reject(.busy)) }
            return .actions(.dial(DialAction(.numbers([Self.other]), action: "/after")))
        }
        let busy = try await TestTrunk { $0.session.reject(status: 486) }
        try await InboundTests.call(server, over: busy) { _, phone, _ in
            #expect(try await phone.refusal() == 486)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "busy" && after.fields["callSessionState"] == "DialCompleted")
        }
    }

    @Test func ofTwoPhonesTheFirstToAnswerIsConnected() async throws {
        let numbers = [Self.other, "+254733000333"]
        let server = try await VoiceServer { _, _ in .actions(.dial(DialAction(.numbers(numbers)))) }
        let trunk = try await TestTrunk { call in
            call.session.ring()
            if call.session.request.uri.user == Self.other { call.answer() }
        }
        try await InboundTests.call(server, over: trunk) { world, phone, _ in
            try await phone.answered()
            let inbound = try await world.inboundCall()
            try await world.entry("flow.connected", of: inbound)
            let legs = try await Waiting.until {
                let legs = try await world.legs(of: inbound)
                // Each writes for itself, in no order.
                return Set(legs.map(\.status)) == [.answered, .canceled] ? legs : nil
            }
            #expect(legs.count == 2 && legs.contains { $0.to == Self.other && $0.status == .answered })
            phone.hangUp()
            _ = try await world.ended(inbound)
            for leg in legs {
                #expect(try await world.ended(leg).status != .failed)
                let sentence = try await world.sentence(leg)
                #expect(sentence.hasPrefix("The call that dialled this one"), "\(sentence)")
            }
        }
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

    @Test func theCallerHearsTheNetworkBeforeTheAnswer() async throws {
        let server = try await VoiceServer { _, _ in .actions(.dial(DialAction(.numbers([Self.other])))) }
        let trunk = try await TestTrunk { $0.earlyMedia() }
        try await InboundTests.call(server, over: trunk) { world, phone, trunk in
            let callee = try await trunk.nextCall()
            callee.leg.play(.tone(hertz: 1000, duration: .seconds(30)))
            try await phone.first { event in
                if case .provisional(183, let body) = event { !body.isEmpty } else { false }
            }
            try await phone.hears(1000)
            #expect(try await world.inboundCall().status != .answered, "hearing is not answering")
            callee.answer()
            try await phone.answered()
            try await phone.hears(1000)
            phone.hangUp()
            _ = try await world.ended(world.inboundCall())
        }
    }

    @Test func nobodyWhoAnswersInTimeIsNoAnswer() async throws {
        let server = try await VoiceServer { asked, _ in
            if asked.path == "/after" { return .actions(.hangup) }
            return .actions(.dial(DialAction(.numbers([Self.other]), timeout: .seconds(5), action: "/after")))
        }
        let trunk = try await TestTrunk { $0.session.ring() }
        try await InboundTests.call(server, over: trunk) { world, phone, _ in
            try await phone.ended()
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "no-answer")
            let leg = try await world.leg(of: world.inboundCall())
            #expect(try await world.ended(leg).hangupCause == .noAnswer)
        }
    }

    @Test func whoAnswersHearsTheWhisperBeforeTheCaller() async throws {
        let whisper = VoiceAction.play(PlayAction(.tone(hertz: 1700, .seconds(5))))
        let dial = DialAction(.numbers([Self.other]), recording: .fromAnswer, whisper: [whisper])
        let server = try await VoiceServer { _, _ in .actions(.dial(dial)) }
        try await InboundTests.call(server) { world, phone, trunk in
            let callee = try await trunk.nextCall()
            callee.leg.play(.tone(hertz: 1000, duration: .seconds(30)))
            try await callee.hears(1700)
            let inbound = try await world.inboundCall()
            #expect(!(try await world.kinds(inbound).contains("flow.connected")), "the caller still waits")
            try await phone.hears(1000)
            phone.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            try await callee.hears(440)
            phone.hangUp()
            _ = try await world.ended(inbound)
            let recorded = try await Waiting.until { try await world.recordings(of: InboundTests.caller).first }
            #expect(recorded.source == .dial)
        }
    }
}
