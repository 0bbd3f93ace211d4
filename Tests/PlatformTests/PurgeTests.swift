import Database
import Platform
import Primitives
import TestSupport
import Testing

/// What is forgotten when its time is over, and what is not.
@Suite struct PurgeTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func oldEventsAreForgottenWithTheirDeliveriesAndPendingOnesAreNot(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        let told = try #require(try await LeaseDeliveries(world.context)(limit: 10).first)
        try await RecordAttempts(world.context)([world.outcome(of: told, status: 204)])
        _ = try await PlaceCall(world.context)(world.request())
        world.clock.advance(by: world.context.settings.historyLifetime - .seconds(1))
        #expect(try await PurgeEvents(world.context)() == 0)
        world.clock.advance(by: .seconds(2))
        _ = try await PlaceCall(world.context)(world.request())
        let all = try await world.count("events")
        #expect(try await PurgeEvents(world.context)() == all - 2)
        for (table, count) in [("events", 2), ("webhook_deliveries", 2), ("webhook_attempts", 0)] {
            #expect(try await world.count(table) == count, "\(table)")
        }
        // What was pending has been told in the end, and goes as well.
        let late = try #require(try await LeaseDeliveries(world.context)(limit: 1).first)
        try await RecordAttempts(world.context)([world.outcome(of: late, status: 204)])
        #expect(try await PurgeEvents(world.context)() == 1)
        #expect(try await world.count("events") == 1)
        #expect(try await world.count("webhook_deliveries") == 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theTimelineOfAnOldCallIsForgottenAndTheCallIsNot(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let old = try await world.answeredCall(node: world.context.ids.next())
        world.clock.advance(by: world.context.settings.historyLifetime + .seconds(1))
        let new = try await world.answeredCall(node: world.context.ids.next())
        #expect(try await PurgeTimelines(world.context)() > 0)
        #expect(try await PurgeTimelines(world.context)() == 0)
        #expect(try await world.read(old).timeline.isEmpty)
        #expect(try await world.read(new).timeline.contains { $0.kind == "sip.answered" })
    }
}
