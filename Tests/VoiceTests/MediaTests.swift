import Foundation
import MediaEngine
import Platform
import Primitives
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Testing

/// What is heard: the flow, keys, early media, recordings.
@Suite(.timeLimit(.minutes(1))) struct MediaTests {
    @Test func theRecordingHoldsBothTones() async throws {
        let trunk = try await TestTrunk { call in
            call.answer()
            call.leg.play(.tone(hertz: 1000, duration: .seconds(10)))
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place { request in
                request.record = true
                request.actions = [.play(PlayAction(.tone(hertz: 440, .milliseconds(1500)), loop: 1)), .hangup]
            }
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .normalClearing)
            try await world.entry("call.recording.ready", of: call)
            let state = try await FindRecording(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString
            )
            guard case .ready(let recording) = state else {
                Issue.record("no recording: \(state)")
                return
            }
            let mix = world.shelf.path(recording.file)
            let (received, sent) = (
                mix.replacingOccurrences(of: "-mix.wav", with: "-received.wav"),
                mix.replacingOccurrences(of: "-mix.wav", with: "-sent.wav")
            )
            let samples = try [received, sent, mix].map(Self.samples)
            #expect(recording.sizeBytes == Int64(WaveFile.headerByteCount + 2 * samples[2].count))
            #expect(recording.duration > .milliseconds(1200))
            #expect(Goertzel.share(of: 1000, in: samples[0]) > 0.5)
            #expect(Goertzel.share(of: 440, in: samples[0]) < 0.05)
            #expect(Goertzel.share(of: 440, in: samples[1]) > 0.5)
            #expect(Goertzel.share(of: 1000, in: samples[1]) < 0.05)
            #expect(Goertzel.share(of: 440, in: samples[2]) > 0.2 && Goertzel.share(of: 1000, in: samples[2]) > 0.2)
            let kinds = try await world.kinds(call)
            let ended = try #require(kinds.firstIndex(of: "call.completed"))
            let ready = try #require(kinds.firstIndex(of: "call.recording.ready"))
            #expect(ended < ready)
        }
        await trunk.stop()
    }

    /// The carrier names both laws by numbers of its own, and speaks the second.
    @Test func theOtherLawIsHeardUnderItsNumber() async throws {
        let trunk = try await TestTrunk { call in
            guard let offer = try? SessionDescription(parsing: call.request.body), let port = offer.media.first?.port
            else { return }
            call.leg.connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: port,
                    codec: .pcmu,
                    payloadType: 98,
                    telephoneEventPayloadType: nil
                )
            )
            call.leg.play(.tone(hertz: 1000, duration: .seconds(60)))
            let lines = [
                "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
                "m=audio \(call.leg.localPort) RTP/AVP 97 98", "a=rtpmap:97 PCMA/8000", "a=rtpmap:98 PCMU/8000",
            ]
            call.answer(lines.map { $0 + "\r\n" }.joined())
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place { request in
                request.record = true
                request.actions = [.pause(.seconds(1)), .hangup]
            }
            #expect(try await world.ended(call).status == .completed)
            try await world.entry("call.recording.ready", of: call)
            let state = try await FindRecording(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString
            )
            guard case .ready(let recording) = state else {
                Issue.record("no recording: \(state)")
                return
            }
            let received = world.shelf.path(recording.file).replacing("-mix.wav", with: "-received.wav")
            #expect(Goertzel.share(of: 1000, in: try Self.samples(received)) > 0.5)
        }
        await trunk.stop()
    }

    @Test func keysOfTheCalleeAreOnTheTimeline() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            phone.leg.sendDigits("19#")
            try await Waiting.until {
                let digits = try await world.read(call).timeline.filter { $0.kind == "media.digit" }
                return digits.count == 3 ? digits.map { $0.details["digit"] } == ["1", "9", "#"] : nil
            }
            try await world.hangUp(call)
            #expect(try await world.ended(call).status == .completed)
        }
        await trunk.stop()
    }

    @Test func earlyMediaIsHeardBeforeTheAnswerAndIsNotBilled() async throws {
        let trunk = try await TestTrunk { $0.earlyMedia() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .ringing)
            try await world.entry("media.first_packet", of: call)
            world.clock.advance(by: .seconds(25))
            phone.answer()
            try await world.wait(for: .answered, of: call)
            world.clock.advance(by: .seconds(10))
            phone.session.hangUp()
            let settled = try await world.ended(call)
            #expect(settled.durationSeconds == 10 && settled.costMinor == 50)
            let kinds = try await world.kinds(call)
            #expect(kinds.filter { $0 == "media.first_packet" }.count == 1)
            #expect(
                kinds.filter { $0.hasPrefix("sip.") } == [
                    "sip.invite", "sip.early_media", "sip.answered", "sip.ended", "sip.ladder",
                ]
            )
        }
        await trunk.stop()
    }

    /// Some carriers describe their media in the 183 alone.
    @Test func anEmptyAnswerConfirmsTheEarlyDescription() async throws {
        let trunk = try await TestTrunk { $0.earlyMedia() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk)
            try await world.entry("sip.early_media", of: call)
            phone.answer("")
            try await world.wait(for: .answered, of: call)
            phone.session.hangUp()
            #expect(try await world.ended(call).status == .completed)
        }
        await trunk.stop()
    }

    @Test func theFlowGoesOnAfterAPromptThatIsMissing() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place {
                $0.actions = [
                    .play(PlayAction(.prompt("nowhere"), loop: 1)), .pause(.seconds(1)),
                    .play(PlayAction(.tone(hertz: 700, .milliseconds(40)), loop: 2)), .hangup,
                ]
            }
            #expect(try await world.ended(call).status == .completed)
            #expect(
                try await world.kinds(call).filter { $0.hasPrefix("flow.") } == [
                    "flow.play", "flow.sound_failed", "flow.pause", "flow.play", "flow.hangup",
                ]
            )
        }
        await trunk.stop()
    }

    static func samples(_ path: String) throws -> [Int16] {
        try WaveFile.samples(parsing: [UInt8](Data(contentsOf: URL(filePath: path))))
    }
}
