import MediaEngine
import Platform
import Primitives
import TestSupport
import Testing

/// What callers say, recorded because a document or somebody asks for it.
@Suite(.timeLimit(.minutes(1))) struct RecordTests {
    /// A server that takes a message, and thanks.
    private static func server(_ record: RecordAction) async throws -> VoiceServer {
        try await VoiceServer { asked, _ in
            switch (asked.path, asked.fields["callSessionState"]) {
            case (_, "Completed"): .init(body: "OK")
            case ("/voice", _): .actions(.record(record))
            default: .actions(.play(PlayAction(.tone(hertz: 700, .milliseconds(600)))), .hangup)
            }
        }
    }

    private static func message(_ server: VoiceServer) async throws -> VoiceServer.Asked {
        try await Waiting.until { server.all.first { $0.path == "/message" } }
    }

    @Test func aMessageEndsWithSilenceAndIsTold() async throws {
        let server = try await Self.server(RecordAction(action: "/message", timeout: .seconds(3)))
        try await InboundTests.call(server) { world, phone, _ in
            phone.listen()
            try await phone.answered()
            // A person hears the beep, and then speaks.
            phone.leg.play(.samples([Int16](repeating: 0, count: 8000)))
            phone.leg.play(.tone(hertz: 440, duration: .seconds(2)))
            let asked = try await Self.message(server)
            #expect(asked.fields["callSessionState"] == "RecordingCompleted")
            #expect(asked.fields["RecordingStatus"] == "completed" && asked.fields["Digits"] == nil)
            let url = try #require(asked.fields["RecordingUrl"])
            #expect(url.hasPrefix("http://127.0.0.1:8080/v1/recordings/rec_") && asked.fields["recording_url"] == url)
            try await phone.ended()
            #expect(Goertzel.share(of: 1000, in: try await phone.heard()) > 0.5)
            let recorded = try await Waiting.until { try await world.recordings(of: InboundTests.caller).first }
            #expect(recorded.source == .record)
            // The silence before and after is cut off.
            #expect(recorded.duration > .milliseconds(1500) && recorded.duration < .milliseconds(3200))
        }
    }

    @Test func aKeyEndsAMessage() async throws {
        let record = RecordAction(action: "/message", timeout: .seconds(30), finishOnKey: "#", playsBeep: false)
        let server = try await Self.server(record)
        try await InboundTests.call(server) { world, phone, _ in
            try await phone.answered()
            try await world.entry("flow.record", of: world.inboundCall())
            phone.leg.play(.tone(hertz: 440, duration: .seconds(20)))
            let before = await phone.leg.statistics().sent
            try await Waiting.until { await phone.leg.statistics().sent > before + 60 ? true : nil }
            phone.leg.sendDigits("1#")
            let asked = try await Self.message(server)
            #expect(asked.fields["Digits"] == "#" && asked.fields["RecordingSid"] != nil)
            try await phone.ended()
        }
    }

    @Test func aCallerWhoHangsUpHasLeftAMessage() async throws {
        let record = RecordAction(action: "/message", timeout: .seconds(30), playsBeep: false)
        let server = try await Self.server(record)
        try await InboundTests.call(server) { world, phone, _ in
            try await phone.answered()
            try await world.entry("flow.record", of: world.inboundCall())
            phone.leg.play(.tone(hertz: 440, duration: .seconds(20)))
            let before = await phone.leg.statistics().sent
            try await Waiting.until { await phone.leg.statistics().sent > before + 75 ? true : nil }
            phone.hangUp()
            let asked = try await Self.message(server)
            #expect(asked.fields["RecordingUrl"] != nil && asked.fields["RecordingDuration"] != "0")
            // And the voice URL hears of the end, as the PBX tells it.
            let last = try await Waiting.until {
                server.all.first { $0.path == "/voice" && $0.fields["callSessionState"] == "Completed" }
            }
            #expect(last.fields["isActive"] == "0" && last.fields["durationInSeconds"] != nil)
        }
    }

    @Test func nothingSaidIsNoMessage() async throws {
        let record = RecordAction(action: "/message", timeout: .seconds(1), playsBeep: false)
        let server = try await Self.server(record)
        try await InboundTests.call(server) { world, phone, _ in
            try await phone.answered()
            // The document goes on, and it has no more.
            try await phone.ended()
            #expect(!server.all.contains { $0.path == "/message" })
            #expect(try await world.recordings(of: InboundTests.caller).isEmpty)
        }
    }
}
