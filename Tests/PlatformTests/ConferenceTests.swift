import Platform
import Primitives
import TestSupport
import Testing

/// Conferences as the database knows them.
@Suite struct ConferenceTests {
    private func enter(
        _ world: World,
        _ call: Call,
        node: Identifier,
        name: String = "standup"
    ) async throws -> Identifier {
        try await EnterConference(world.context)(call, name: name, state: .init(), nodeID: node)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aConferenceLastsFromTheFirstToTheLast(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        let (one, two) = (try await world.answeredCall(node: node), try await world.answeredCall(node: node))
        let id = try await enter(world, one, node: node)
        #expect(try await enter(world, two, node: node) == id)
        try await RecordConference(world.context).started(id)
        try await RecordConference(world.context).changed(two.id, to: .init(isMuted: true))
        let read = ReadConferences(world.context)
        let live = try await read.one("standup", workspaceID: world.workspace.id)
        #expect(live.conference.status == "in_progress" && live.conference.participantCount == 2)
        #expect(live.participants.map(\.callID) == [one.id, two.id])
        #expect(live.participants.map(\.state.isMuted) == [false, true])
        try await LeaveConference(world.context)(one)
        // The end of a call is the end of its stay.
        world.clock.advance(by: .seconds(5))
        _ = try await SettleCall(world.context)(
            callID: two.id,
            ending: CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        )
        let over = try await read.one(id.uuidString, workspaceID: world.workspace.id)
        #expect(over.conference.status == "completed" && over.conference.participantCount == 0)
        #expect(over.conference.endedAt == world.clock.now())
        let ended = try await read.page(workspaceID: world.workspace.id, isLive: false, before: nil, limit: 10)
        #expect(ended.conferences.map(\.id) == [id] && !ended.hasMore)
        // The name is free for another.
        let three = try await world.answeredCall(node: node)
        #expect(try await enter(world, three, node: node) != id)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func manyWhoComeAtOnceAreInOneConference(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        var calls: [Call] = []
        for _ in 0..<8 { calls.append(try await world.answeredCall(node: node)) }
        let ids = try await withThrowingTaskGroup(of: Identifier.self) { group in
            for call in calls { group.addTask { try await enter(world, call, node: node) } }
            return try await group.reduce(into: Set<Identifier>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in calls { group.addTask { try await LeaveConference(world.context)(call) } }
            try await group.waitForAll()
        }
        let live = try await ReadConferences(world.context).page(
            workspaceID: world.workspace.id,
            isLive: true,
            before: nil,
            limit: 10
        )
        #expect(live.conferences.isEmpty, "of those who leave at once the last one ends it")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anotherNodeTakesOverOnlyWhenTheFirstIsDead(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (first, second) = (world.context.ids.next(), world.context.ids.next())
        try await RecordHeartbeat(world.context)(nodeID: first)
        let one = try await world.answeredCall(node: first)
        let id = try await enter(world, one, node: first)
        let two = try await world.answeredCall(node: second)
        let refusal = await #expect(throws: PlatformError.self) {
            _ = try await enter(world, two, node: second)
        }
        #expect(refusal?.code == .conferenceElsewhere)
        world.clock.advance(by: .seconds(60))
        #expect(try await enter(world, two, node: second) != id)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func commandsReachTheNodeThroughACall(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        let one = try await world.answeredCall(node: node)
        _ = try await enter(world, one, node: node)
        let command = CommandConference(world.context)
        func tell(_ act: ConferenceCommand.Act, _ participant: String?) async throws {
            _ = try await command(
                workspaceID: world.workspace.id,
                room: "standup",
                act: act,
                participant: participant,
                callbackURL: "https://acme.example/done"
            )
        }
        let say = VoiceAction.say(SayAction("Karibu"))
        try await tell(.play(say), nil)
        try await tell(.kick, one.id.rendered(prefix: "call"))
        let stranger = await #expect(throws: PlatformError.self) { try await tell(.mute, "call_nobody") }
        #expect(stranger?.code == .conferenceParticipantNotFound)
        let taken = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        let url = "https://acme.example/done"
        #expect(
            taken.map(\.command) == [
                .conference(.init(.play(say), callbackURL: url)),
                .conference(.init(.kick, participant: one.id, callbackURL: url)),
            ]
        )
        #expect(taken.allSatisfy { $0.call.id == one.id && $0.kind == .command })
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func commandsToACallAreKeptWhole(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        let call = try await world.answeredCall(node: node)
        let commands: [CallCommand] =
            [.hold, .unhold, .mute, .unmute, .digits("12w#"), .stopPlaying, .play(.say(SayAction("Habari")))]
            + CallCommand.RecordingControl.allCases.map { .record($0) }
        for command in commands {
            _ = try await CommandCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                command: command
            )
        }
        #expect(try await TakeVoiceCommands(world.context)(nodeID: node, limit: 100).map(\.command) == commands)
        _ = try await SettleCall(world.context)(
            callID: call.id,
            ending: CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        )
        let late = await #expect(throws: PlatformError.self) {
            _ = try await CommandCall(world.context)(
                workspaceID: world.workspace.id,
                reference: call.id.uuidString,
                command: .hold
            )
        }
        #expect(late?.code == .callNotLive)
    }
}
