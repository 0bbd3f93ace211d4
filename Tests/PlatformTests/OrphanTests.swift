import Database
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct OrphanTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aDeadNodesCallsAreBilledToItsLastHeartbeat(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        try await RecordHeartbeat(world.context)(nodeID: node)
        let call = try await world.answeredCall(node: node)
        world.clock.advance(by: .seconds(12))
        try await RecordHeartbeat(world.context)(nodeID: node)
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        _ = try await RequestHangup(world.context)(workspaceID: world.workspace.id, reference: call.sessionID)
        world.clock.advance(by: .seconds(4))
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        world.clock.advance(by: .seconds(4))
        #expect(try await SettleOrphanedCalls(world.context)() == 1)
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        let settled = try await world.read(call).call
        #expect(settled.status == .completed && settled.durationSeconds == 12 && settled.costMinor == 60)
        #expect(settled.hangupCause == .networkOutOfOrder)
        #expect(try await world.balance() == 1000_00 - 60)
        #expect(try await world.count("voice_commands") == 0)
        let log = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database)
        #expect(log.map(\.kind) == ["call.started", "call.answered", "call.completed"])
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func afterAPauseOfTheWholeMachineNodesAreHeardFirst(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        try await RecordHeartbeat(world.context)(nodeID: node)
        let call = try await world.answeredCall(node: node)
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        // The database was away for a minute: neither the node nor the look-out could write.
        world.clock.advance(by: .seconds(60))
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        world.clock.advance(by: .seconds(1))
        try await RecordHeartbeat(world.context)(nodeID: node)
        world.clock.advance(by: .seconds(1))
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        #expect(try await world.read(call).call.status == .answered)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallThatNoNodeTakesFails(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await PlaceCall(world.context)(world.request()).call
        world.clock.advance(by: .seconds(60))
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        world.clock.advance(by: .milliseconds(1))
        #expect(try await SettleOrphanedCalls(world.context)() == 1)
        let settled = try await world.read(call).call
        #expect(settled.status == .failed && settled.hangupCause == .normalTemporaryFailure && settled.costMinor == 0)
        #expect(try await TakeVoiceCommands(world.context)(nodeID: world.context.ids.next(), limit: 10).isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallThatItsNodeKnowsNothingOfFailsInTheEnd(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        let call = try await PlaceCall(world.context)(world.request()).call
        // Taken, but the answer was lost with the connection: the node lives on and never dials.
        _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        let answered = try await world.answeredCall(node: node)
        world.clock.advance(by: .seconds(1800))
        try await RecordHeartbeat(world.context)(nodeID: node)
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        world.clock.advance(by: .seconds(1))
        #expect(try await SettleOrphanedCalls(world.context)() == 1)
        #expect(try await world.read(call).call.status == .failed)
        #expect(try await world.read(answered).call.status == .answered)
        #expect(try await world.balance() == 1000_00)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallThatCannotBeReadDoesNotKeepTheOthersWaiting(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let broken = try await PlaceCall(world.context)(world.request()).call
        let whole = try await PlaceCall(world.context)(world.request()).call
        _ = try await world.context.database.write {
            try $0.execute("UPDATE calls SET actions = '{' WHERE id = $1", [broken.id])
        }
        world.clock.advance(by: .seconds(61))
        #expect(try await SettleOrphanedCalls(world.context)() == 1)
        #expect(try await world.read(whole).call.status == .failed)
    }
}
