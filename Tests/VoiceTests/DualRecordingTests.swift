import Foundation
import MediaEngine
import Platform
import Primitives
import TestSupport
import Testing

/// Recordings with a channel for each side, however they were asked for: the call's own party is on the left.
@Suite(.timeLimit(.minutes(1))) struct DualRecordingTests {
    private static let other = "+254733000222"

    /// The two channels of a recording, which has nothing else.
    private static func sides(_ recording: Recording, _ world: VoiceWorld) throws -> (left: [Int16], right: [Int16]) {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: world.shelf.path(recording.file))))
        #expect(recording.channels == .dual && bytes[22] == 2 && Int64(bytes.count) == recording.sizeBytes)
        let samples = stride(from: WaveFile.headerByteCount, to: bytes.count - 1, by: 2).map {
            Int16(truncatingIfNeeded: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
        #expect(recording.duration == .microseconds(samples.count / 2 * 125))
        func side(_ first: Int) -> [Int16] { stride(from: first, to: samples.count, by: 2).map { samples[$0] } }
        return (side(0), side(1))
    }

    private static func expect(_ recording: Recording, _ world: VoiceWorld, left: Double, right: Double) throws {
        let sides = try sides(recording, world)
        #expect(Goertzel.share(of: left, in: sides.left) > 0.5 && Goertzel.share(of: right, in: sides.left) < 0.05)
        #expect(Goertzel.share(of: right, in: sides.right) > 0.5 && Goertzel.share(of: left, in: sides.right) < 0.05)
    }

    @Test func aDialledConversationHasTheCallerOnTheLeft() async throws {
        let dial = DialAction(.numbers([Self.other]), recording: .fromAnswer, recordingChannels: .dual)
        let server = try await VoiceServer { _, _ in .actions(.dial(dial)) }
        try await InboundTests.call(server) { world, phone, trunk in
            let callee = try await trunk.nextCall()
            try await phone.answered()
            try await world.entry("recording.started", of: world.inboundCall())
            callee.leg.play(.tone(hertz: 1000, duration: .seconds(30)))
            phone.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            try await phone.hears(1000)
            try await callee.hears(440)
            let before = await phone.leg.statistics().sent
            try await Waiting.until { await phone.leg.statistics().sent > before + 60 ? true : nil }
            phone.hangUp()
            _ = try await world.ended(world.inboundCall())
            let recorded = try await Waiting.until { try await world.recordings(of: InboundTests.caller).first }
            #expect(recorded.source == .dial)
            try Self.expect(recorded, world, left: 440, right: 1000)
        }
    }

    @Test func aCallThatIsRecordedFromTheStartHasItsPartyOnTheLeft() async throws {
        let trunk = try await TestTrunk { call in
            call.answer()
            call.leg.play(.tone(hertz: 1000, duration: .seconds(20)))
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place { request in
                (request.record, request.recordingChannels) = (true, .dual)
                request.actions = [.play(PlayAction(.tone(hertz: 440, .milliseconds(1500)), loop: 1)), .hangup]
            }
            _ = try await world.ended(call)
            let ready = try await world.entry("call.recording.ready", of: call)
            #expect(ready.details["channels"] == "dual")
            let recorded = try await Waiting.until { try await world.recordings(of: VoiceWorld.callee).first }
            try Self.expect(recorded, world, left: 1000, right: 440)
        }
        await trunk.stop()
    }

    @Test func aRecordingThatIsStartedInMidCallHasTwoChannelsWhenAsked() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place { request in
                request.actions = [.play(PlayAction(.tone(hertz: 440, .seconds(30)), loop: 1))]
            }
            let phone = try await trunk.nextCall()
            try await world.wait(for: .answered, of: call)
            phone.leg.play(.tone(hertz: 1000, duration: .seconds(30)))
            try await phone.hears(440)
            _ = try await CommandCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                command: .record(.start, .dual)
            )
            try await world.entry("recording.started", of: call)
            let before = await phone.leg.statistics().sent
            try await Waiting.until { await phone.leg.statistics().sent > before + 60 ? true : nil }
            try await world.hangUp(call)
            _ = try await world.ended(call)
            let recorded = try await Waiting.until { try await world.recordings(of: VoiceWorld.callee).first }
            #expect(recorded.source == .api)
            try Self.expect(recorded, world, left: 1000, right: 440)
        }
        await trunk.stop()
    }
}
