import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Commands to live calls and conferences.
@Suite struct LiveCallTests {
    /// A call that is up, and its node.
    private func live(_ world: APIWorld) async throws -> (call: Call, node: Identifier) {
        try await world.claimNumber()
        let call = try await world.placeCall()
        let node = world.context.ids.next()
        _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        let step = RecordProgress.Step(
            "sip.answered",
            id: world.context.ids.next(),
            at: world.clock.now(),
            event: .answered
        )
        try await RecordProgress(world.context)(callID: call.id, steps: [step])
        return (call, node)
    }

    @Test func everyCommandReachesTheNode() async throws {
        let world = try await APIWorld(.sqlite)
        let (call, node) = try await live(world)
        let path = "/v1/calls/\(call.id.rendered(prefix: "call"))/commands"
        try await world.serving { client in
            for body in [
                #"{"command": "hold"}"#, #"{"command": "unhold"}"#, #"{"command": "mute"}"#, #"{"command": "unmute"}"#,
                #"{"command": "digits", "digits": "ww104#"}"#,
                #"{"command": "play", "action": {"say": {"text": "Habari", "language": "sw-KE"}}}"#,
                #"{"command": "play", "action": {"play": {"url": "https://acme.example/a.wav"}}}"#,
                #"{"command": "stop_playing"}"#,
                #"{"command": "record_start"}"#, #"{"command": "record_pause"}"#, #"{"command": "record_resume"}"#,
                #"{"command": "record_stop"}"#, #"{"command": "record_start", "channels": "dual"}"#,
                #"{"command": "stream_stop"}"#, #"{"command": "stream_stop", "name": "transcript"}"#,
                #"{"command": "transfer", "action": {"dial": {"number": "+254722000111"}}}"#,
            ] {
                let answer = try await world.ask(client, .post, path, body)
                #expect(answer.status == 202 && answer.json["status"] == "accepted", "\(body): \(answer.json.text)")
            }
        }
        let taken = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 100)
        #expect(
            taken.map(\.command) == [
                .hold, .unhold, .mute, .unmute, .digits("ww104#"),
                .play(.say(SayAction("Habari", language: "sw-KE"))),
                .play(.play(PlayAction(.web("https://acme.example/a.wav")))), .stopPlaying, .record(.start),
                .record(.pause), .record(.resume), .record(.stop), .record(.start, .dual), .stopStream(name: nil),
                .stopStream(name: "transcript"), nil,
            ]
        )
        #expect(taken.last?.actions == [.dial(DialAction(.numbers(["+254722000111"])))])
    }

    @Test func whatIsWrongWithACommandIsSaid() async throws {
        let world = try await APIWorld(.sqlite)
        let (call, _) = try await live(world)
        let path = "/v1/calls/\(call.id.uuidString)/commands"
        try await world.serving { client in
            for (body, field) in [
                (#"{}"#, "command"), (#"{"command": "dance"}"#, "command"), (#"{"command": "digits"}"#, "digits"),
                (#"{"command": "digits", "digits": "12x"}"#, "digits"), (#"{"command": "play"}"#, "action"),
                (#"{"command": "play", "action": {"hangup": {}}}"#, "action"),
                (#"{"command": "transfer", "action": {"dial": {"number": "abc"}}}"#, "action[0].dial.number"),
                (#"{"command": "stream_stop", "name": ""}"#, "name"),
                (#"{"command": "stream_stop", "name": "mazungumzo \u00e9"}"#, "name"),
            ] {
                let answer = try await world.ask(client, .post, path, body)
                #expect(answer.status == 422 || answer.status == 400, "\(body)")
                #expect(answer.json.text.contains(field), "\(body): \(answer.json.text)")
            }
        }
    }

    @Test func conferencesAreShownAndCommanded() async throws {
        let world = try await APIWorld(.sqlite)
        let (call, node) = try await live(world)
        let id = try await EnterConference(world.context)(call, name: "stand up", state: .init(), nodeID: node)
        try await world.serving { client in
            let list = try await world.ask(client, .get, "/v1/conferences")
            #expect(list.json["data"]?.elements.count == 1)
            #expect(list.json["data"]?.elements.first?["status"] == "waiting")
            let one = try await world.ask(client, .get, "/v1/conferences/stand%20up")
            #expect(one.json["id"]?.stringValue == id.rendered(prefix: "conf"))
            #expect(one.json["participants"]?.elements.first?["number"] == "+254712345678")
            let path = "/v1/conferences/stand%20up/commands"
            let participant = call.id.rendered(prefix: "call")
            for body in [
                #"{"command": "mute", "participant": "\#(participant)"}"#,
                #"{"command": "play", "action": {"say": {"text": "Karibu"}}}"#,
                #"{"command": "end", "extra": {"callback_url": "https://acme.example/done"}}"#,
            ] {
                let answer = try await world.ask(client, .post, path, body)
                #expect(answer.status == 202, "\(body): \(answer.json.text)")
            }
            #expect(try await world.ask(client, .post, path, #"{"command": "kick"}"#).status >= 400)
            let gone = try await world.ask(client, .post, "/v1/conferences/nobody/commands", #"{"command": "end"}"#)
            #expect(gone.status == 404)
            let over = try await world.ask(client, .get, "/v1/conferences?status=completed")
            #expect(over.json["data"]?.elements.isEmpty == true)
            let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
            let theirs = try await world.ask(client, .get, "/v1/conferences/stand%20up", key: other.apiKey)
            #expect(theirs.status == 404)
        }
        let commands = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 100).map(\.command)
        #expect(
            commands == [
                .conference(.init(.mute, participant: call.id)), .conference(.init(.play(.say(SayAction("Karibu"))))),
                .conference(.init(.end, callbackURL: "https://acme.example/done")),
            ]
        )
    }
}
