import MediaEngine
import Platform
import Primitives
import TestSupport
import Testing

/// What is done to a live call beside its flow.
@Suite(.timeLimit(.minutes(1))) struct CommandTests {
    private static let other = "+254733000222"

    private static func tell(_ world: VoiceWorld, _ call: Call, _ command: CallCommand) async throws {
        _ = try await CommandCall(world.context)(
            workspaceID: world.workspace.id,
            reference: call.id.uuidString,
            command: command
        )
    }

    /// Two who are connected: the caller says 440 Hz and the callee 1000 Hz.
    private func connected(_ body: (VoiceWorld, Call, CallingPhone, TrunkCall) async throws -> Void) async throws {
        let server = try await VoiceServer { asked, _ in
            asked.fields["callSessionState"] == "Ringing"
                ? .actions(.dial(DialAction(.numbers([Self.other])))) : .init(body: "OK")
        }
        try await InboundTests.call(server) { world, phone, trunk in
            let callee = try await trunk.nextCall()
            try await phone.answered()
            let call = try await world.inboundCall()
            try await world.entry("flow.connected", of: call)
            callee.leg.play(.tone(hertz: 1000, duration: .seconds(50)))
            phone.leg.play(.tone(hertz: 440, duration: .seconds(50)))
            try await phone.hears(1000)
            try await body(world, call, phone, callee)
            phone.hangUp()
            _ = try await world.ended(call)
        }
    }

    @Test func whoIsHeldHearsMusicAndIsNotHeard() async throws {
        try await connected { world, call, phone, callee in
            try await Self.tell(world, call, .hold)
            try await Waiting.until {
                Goertzel.share(of: 1000, in: try await phone.heardFor(packets: 40)) < 0.2 ? true : nil
            }
            let heard = try await phone.heardFor(packets: 60)
            #expect(heard.contains { abs(Int($0)) > 500 }, "there is music")
            try await Waiting.until {
                Goertzel.share(of: 440, in: try await callee.heardFor(packets: 40)) < 0.05 ? true : nil
            }
            try await Self.tell(world, call, .unhold)
            try await phone.hears(1000)
            try await callee.hears(440)
        }
    }

    @Test func whoIsMutedHearsAndIsNotHeard() async throws {
        try await connected { world, call, phone, callee in
            try await callee.hears(440)
            try await Self.tell(world, call, .mute)
            try await Waiting.until {
                Goertzel.share(of: 440, in: try await callee.heardFor(packets: 40)) < 0.05 ? true : nil
            }
            try await phone.hears(1000)
            try await Self.tell(world, call, .unmute)
            try await callee.hears(440)
        }
    }

    @Test func somethingIsHeardOverTheConversation() async throws {
        try await connected { world, call, phone, callee in
            try await Self.tell(world, call, .play(.play(PlayAction(.tone(hertz: 1700, .seconds(20))))))
            try await phone.hears(1700)
            try await Self.tell(world, call, .stopPlaying)
            try await phone.hears(1000)
        }
    }

    @Test func keysAreTypedForTheCaller() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            try await Self.tell(world, call, .digits("1w04#"))
            try await world.entry("media.digits_sent", of: call)
            let keys = try await Waiting.until { phone.digits.count == 4 ? phone.digits : nil }
            #expect(keys == "104#")
            try await world.hangUp(call)
            _ = try await world.ended(call)
        }
        await trunk.stop()
    }

    @Test func aRecordingIsStartedAndStoppedInMidCall() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            phone.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            try await Self.tell(world, call, .record(.start))
            try await world.entry("recording.started", of: call)
            let before = await phone.leg.statistics().sent
            try await Waiting.until { await phone.leg.statistics().sent > before + 60 ? true : nil }
            try await Self.tell(world, call, .record(.stop))
            let recorded = try await Waiting.until { try await world.recordings(of: VoiceWorld.callee).first }
            #expect(recorded.source == .api && recorded.duration > .seconds(1))
            #expect(try await world.read(call).call.status == .answered, "the call goes on")
            try await world.hangUp(call)
            _ = try await world.ended(call)
        }
        await trunk.stop()
    }

    @Test func theCallerIsTransferredToSomebodyElse() async throws {
        try await connected { world, call, phone, callee in
            _ = try await SteerCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                actions: [.dial(DialAction(.numbers(["+254733000333"])))]
            )
            let legs = try await Waiting.until {
                let legs = try await world.legs(of: call)
                return legs.contains { $0.to == "+254733000333" && $0.status == .answered } ? legs : nil
            }
            // The first is no longer connected, and its leg is over.
            let first = try #require(legs.first { $0.to == Self.other })
            #expect(try await world.ended(first).status == .completed)
            #expect(try await world.read(call).call.status == .answered)
        }
    }

    @Test func aLegThatIsGivenSomethingElseToDoLeavesTheOther() async throws {
        try await connected { world, call, _, callee in
            let leg = try await world.leg(of: call)
            _ = try await SteerCall(world.context)(
                workspaceID: world.workspace.id,
                reference: leg.id.uuidString,
                actions: [.play(PlayAction(.tone(hertz: 1700, .seconds(20))))]
            )
            try await callee.hears(1700)
            // For the caller the dial is over, as if the other had hung up; the other is still there.
            try await world.entry("flow.dial_ended", of: call)
            _ = try await world.ended(call)
            #expect(try await world.read(leg).call.status == .answered)
            try await world.hangUp(leg)
            _ = try await world.ended(leg)
        }
    }
}
