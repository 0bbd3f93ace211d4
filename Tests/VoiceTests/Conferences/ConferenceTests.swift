import MediaEngine
import Platform
import Primitives
import TestSupport
import Testing

/// Calls in a conference: who hears whom, who is told, and how it goes on.
@Suite(.timeLimit(.minutes(1))) struct ConferenceTests {
    private static let (amina, brian) = ("+254722000111", "+254722000222")

    /// The events that the status callback was told, with the caller that each is about.
    private static func told(_ server: VoiceServer) -> [String] {
        server.all.filter { $0.path == "/room" }.map { asked in
            [asked.fields["conferenceEvent"], asked.fields["callerNumber"]].compactMap(\.self).joined(separator: " ")
        }
    }

    /// A server that lets all calls into one room.
    private static func server(
        _ change: @escaping @Sendable (inout ConferenceAction, String) -> Void = { _, _ in }
    )
        async throws -> VoiceServer
    {
        try await VoiceServer { asked, _ in
            guard asked.path == "/voice", asked.fields["callSessionState"] != "Completed" else {
                return .init(body: "OK")
            }
            var action = ConferenceAction("standup")
            action.statusCallback = "/room"
            change(&action, asked.fields["From"] ?? "")
            return .actions(.conference(action), .play(PlayAction(.tone(hertz: 700, .seconds(1)))), .hangup)
        }
    }

    private func run(
        _ server: VoiceServer,
        _ body: (VoiceWorld, CallingPhone, CallingPhone) async throws -> Void
    ) async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let one = try trunk.call(VoiceWorld.number, from: Self.amina, port: world.port)
            try await one.answered()
            let two = try trunk.call(VoiceWorld.number, from: Self.brian, port: world.port)
            try await two.answered()
            try await body(world, one, two)
        }
        await trunk.stop()
    }

    @Test func twoCallersHearEachOtherAndNotThemselves() async throws {
        let server = try await Self.server()
        try await run(server) { world, one, two in
            one.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            two.leg.play(.tone(hertz: 1000, duration: .seconds(30)))
            try await one.hears(1000)
            try await two.hears(440)
            let heard = try await two.heardFor(packets: 60)
            #expect(Goertzel.share(of: 1000, in: heard) < 0.05, "nobody hears themselves")
            let live = try await ReadConferences(world.context).one("standup", workspaceID: world.workspace.id)
            #expect(live.conference.participantCount == 2 && live.conference.status == "in_progress")
            one.hangUp()
            try await one.ended()
            // The phone knows before the room does.
            try await Waiting.until { Self.told(server).last == "leave \(Self.amina)" ? true : nil }
            // Alone again, there is music.
            two.hangUp()
            try await two.ended()
            try await Waiting.until { Self.told(server).last == "end" ? true : nil }
            #expect(
                Self.told(server) == [
                    "join \(Self.amina)", "start", "join \(Self.brian)", "leave \(Self.amina)", "leave \(Self.brian)",
                    "end",
                ]
            )
            let last = try #require(server.all.last { $0.path == "/room" })
            #expect(last.fields["conference_name"] == "standup" && last.fields["participants"] == "0")
            #expect(last.headers["x-sautikit-signature"] != nil)
            let over = try await Waiting.until {
                try await ReadConferences(world.context).page(
                    workspaceID: world.workspace.id,
                    isLive: false,
                    before: nil,
                    limit: 10
                ).conferences.first
            }
            #expect(over.startedAt != nil && over.participantCount == 0)
        }
    }

    @Test func whoIsMutedIsNotHeardAndWhoIsSentAwayGoesOn() async throws {
        let server = try await Self.server()
        try await run(server) { world, one, two in
            one.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            try await two.hears(440)
            let room = try await ReadConferences(world.context).one("standup", workspaceID: world.workspace.id)
            let first = try #require(room.participants.first { $0.number == Self.amina })
            func tell(_ act: ConferenceCommand.Act, _ participant: String?) async throws {
                _ = try await CommandConference(world.context)(
                    workspaceID: world.workspace.id,
                    room: "standup",
                    act: act,
                    participant: participant,
                    callbackURL: server.url("/room")
                )
            }
            try await tell(.mute, first.callID.uuidString)
            try await Waiting.until { Self.told(server).contains("mute \(Self.amina)") ? true : nil }
            #expect(Goertzel.share(of: 440, in: try await two.heardFor(packets: 60)) < 0.05)
            // All hear what is announced.
            try await tell(.play(.play(PlayAction(.tone(hertz: 1400, .seconds(20))))), nil)
            try await one.hears(1400)
            try await two.hears(1400)
            try await tell(.stopPlaying, nil)
            try await tell(.kick, first.callID.uuidString)
            try await one.hears(700)
            try await one.ended()
            #expect(Self.told(server).contains("kick \(Self.amina)"))
            try await tell(.end, nil)
            try await two.hears(700)
            try await two.ended()
        }
    }

    @Test func aConferenceIsRecordedAndKeysAreCollected() async throws {
        let server = try await Self.server { action, from in
            action.isRecorded = from == Self.amina
            action.collectsDigits = true
            action.numDigits = 3
            action.digitsCallback = "/digits"
        }
        try await run(server) { world, one, two in
            one.leg.play(.tone(hertz: 440, duration: .seconds(30)))
            try await two.hears(440)
            two.leg.sendDigits("42#105")
            let asked = try await Waiting.until {
                let all = server.all.filter { $0.path == "/digits" }
                return all.count == 2 ? all : nil
            }
            #expect(asked.map { $0.fields["Digits"] } == ["42", "105"])
            #expect(asked[0].fields["callSessionState"] == "DigitsCollected")
            #expect(asked[0].fields["conference_name"] == "standup")
            one.hangUp()
            two.hangUp()
            try await one.ended()
            try await two.ended()
            let recorded = try await Waiting.until { try await world.recordings(of: Self.amina).first }
            #expect(recorded.source == .conference && recorded.duration > .seconds(1))
        }
    }
}
