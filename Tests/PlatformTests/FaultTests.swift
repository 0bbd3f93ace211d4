import Database
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

/// The database refuses one table in the middle of a transaction: nothing of the fact may be left behind.
@Suite struct FaultTests {
    @Test(
        arguments: TestDatabase.Engine.allCases,
        ["idempotency_keys", "calls", "voice_commands", "call_events", "events", "webhook_deliveries"]
    )
    func aCallIsPlacedWhollyOrNotAtAll(engine: TestDatabase.Engine, table: String) async throws {
        let world = try await World(engine)
        var request = world.request()
        request.idempotency = try IdempotencyRequest(key: "k1", operation: "POST /v1/calls", body: Data())
        let wanted = request
        let before = try await world.counts()
        try await world.refuse(table)
        await #expect(throws: (any Error).self) { try await PlaceCall(world.context)(wanted) }
        #expect(try await world.counts() == before)
        try await world.refuseNothing(table)
        #expect(try await PlaceCall(world.context)(wanted).isReplay == false)
    }

    @Test(
        arguments: TestDatabase.Engine.allCases,
        ["ledger_entries", "ledger_postings", "call_events", "events", "webhook_deliveries"]
    )
    func aCallIsSettledWhollyOrNotAtAll(engine: TestDatabase.Engine, table: String) async throws {
        let world = try await World(engine)
        let call = try await world.answeredCall(node: world.context.ids.next())
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now() + .seconds(60))
        let before = try await world.counts()
        try await world.refuse(table)
        await #expect(throws: (any Error).self) {
            try await SettleCall(world.context)(callID: call.id, ending: ending)
        }
        #expect(try await world.counts() == before)
        #expect(try await world.read(call).call.status == .answered)
        #expect(try await world.balance() == 1000_00)
        try await world.refuseNothing(table)
        #expect(try await SettleCall(world.context)(callID: call.id, ending: ending).costMinor == 300)
        #expect(try await world.balance() == 1000_00 - 300)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases, ["idempotency_keys", "ledger_entries", "ledger_postings"])
    func aNumberIsClaimedWhollyOrNotAtAll(engine: TestDatabase.Engine, table: String) async throws {
        let world = try await World(engine)
        let idempotency = try IdempotencyRequest(key: "k1", operation: "POST /v1/numbers", body: Data())
        let claim: @Sendable () async throws -> ClaimNumber.Claimed = {
            try await ClaimNumber(world.context)(
                workspaceID: world.workspace.id,
                wanted: .e164("+254200000002"),
                idempotency: idempotency
            )
        }
        let before = try await world.counts()
        try await world.refuse(table)
        await #expect(throws: (any Error).self) { try await claim() }
        #expect(try await world.counts() == before)
        #expect(try await ListNumbers(world.context).available().map(\.e164) == ["+254200000002"])
        try await world.refuseNothing(table)
        let claimed = try await claim()
        let again = try await claim()
        #expect(!claimed.isReplay && again.isReplay && again.signingSecret == claimed.signingSecret)
        #expect(try await world.balance() == 1000_00 - World.rentalMinor)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyCallsAtOnceNoMoreThanTheLimitAreLive(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine) { $0.maxConcurrentCalls = 20 }
        let refusals = try await withThrowingTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do {
                        _ = try await PlaceCall(world.context)(world.request())
                        return nil
                    } catch let error as PlatformError {
                        return error.code
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == nil } == 20 && refusals.count { $0 == .tooManyCalls } == 30)
        #expect(try await world.count("calls") == 20)
    }

    /// Whoever ends a suspended workspace's calls finds them all.
    @Test(arguments: TestDatabase.Engine.allCases, [0, 1000])
    func noCallIsPlacedOnceASuspensionHasReturned(engine: TestDatabase.Engine, limit: Int) async throws {
        let world = try await World(engine) { $0.maxConcurrentCalls = limit }
        let placed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do {
                        _ = try await PlaceCall(world.context)(world.request())
                        return 1
                    } catch let error as PlatformError where error.code == .workspaceSuspended {
                        return 0
                    }
                }
            }
            try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
            let found = try await world.count("calls")
            #expect(try await group.reduce(0, +) == found)
            return found
        }
        #expect(try await world.count("calls") == placed)
    }
}
