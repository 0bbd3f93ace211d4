import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct BooksTests {
    /// How a call of the property test ends.
    private enum End: CaseIterable {
        case once, twice, twiceAtOnce, withItsNode, unanswered
    }

    private struct Plan {
        let seconds: Int64
        let end: End
        let creditMinor: Int64
    }

    @Test(arguments: TestDatabase.Engine.allCases, [UInt64(77), 78, 79])
    func areRightAfterRandomLives(engine: TestDatabase.Engine, seed: UInt64) async throws {
        let world = try await World(engine)
        let (living, dying) = (world.context.ids.next(), world.context.ids.next())
        for node in [living, dying] { try await RecordHeartbeat(world.context)(nodeID: node) }
        let start = world.clock.now()
        let plans = Self.plans(seed)
        let calls = try await Self.answered(plans, in: world, living: living, dying: dying)
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        world.clock.advance(by: .seconds(4))
        // The dying node's last word; its calls are billed up to here.
        for node in [living, dying] { try await RecordHeartbeat(world.context)(nodeID: node) }
        for _ in 0..<2 {
            #expect(try await SettleOrphanedCalls(world.context)() == 0)
            world.clock.advance(by: .seconds(3))
            try await RecordHeartbeat(world.context)(nodeID: living)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { _ = try await SettleOrphanedCalls(world.context)() } }
            for (index, plan) in plans.enumerated() {
                group.addTask { try await Self.end(calls[index], plan, index, from: start, in: world) }
            }
            try await group.waitForAll()
        }
        let expected = plans.reduce(Int64(1000_00)) { balance, plan in
            let seconds: Int64 =
                switch plan.end {
                case .once, .twice, .twiceAtOnce: plan.seconds
                case .withItsNode: 4
                case .unanswered: 0
                }
            return balance + plan.creditMinor - Rating.cost(seconds: seconds, ratePerMinuteMinor: 300)
        }
        #expect(try await world.balance() == expected)
        #expect(try await world.differences() == [])
        #expect(try await SettleOrphanedCalls(world.context)() == 0)
        for call in calls { #expect(try await world.read(call).call.status.isTerminal) }
        let log = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database)
        #expect(log.count { $0.kind == "call.completed" || $0.kind == "call.failed" } == plans.count)
    }

    private static func plans(_ seed: UInt64) -> [Plan] {
        var random = SplitMix64(seed: seed)
        return (0..<30).map { _ in
            Plan(
                seconds: Int64(random.next() % 300),
                end: End.allCases[Int(random.next() % UInt64(End.allCases.count))],
                creditMinor: Int64(random.next() % 5000)
            )
        }
    }

    private static func answered(
        _ plans: [Plan],
        in world: World,
        living: Identifier,
        dying: Identifier
    ) async throws -> [Call] {
        var calls: [Call] = []
        for plan in plans {
            let node = plan.end == .withItsNode ? dying : living
            if plan.end == .unanswered {
                calls.append(try await PlaceCall(world.context)(world.request()).call)
                _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 1)
            } else {
                calls.append(try await world.answeredCall(node: node))
            }
        }
        return calls
    }

    private static func end(
        _ call: Call,
        _ plan: Plan,
        _ index: Int,
        from start: Timestamp,
        in world: World
    ) async throws {
        let settle = SettleCall(world.context)
        let ending = CallEnding(cause: .normalClearing, endedAt: start + .seconds(plan.seconds))
        switch plan.end {
        case .once: try await settle(callID: call.id, ending: ending)
        case .twice:
            let first = try await settle(callID: call.id, ending: ending)
            let second = try await settle(
                callID: call.id,
                ending: CallEnding(cause: .mediaTimeout, endedAt: ending.endedAt + .seconds(100))
            )
            #expect(first == second)
        case .twiceAtOnce:
            async let first = settle(callID: call.id, ending: ending)
            async let second = settle(callID: call.id, ending: ending)
            #expect(try await first.costMinor == (try await second.costMinor))
        case .unanswered:
            try await settle(callID: call.id, ending: CallEnding(cause: .userBusy, endedAt: ending.endedAt))
        case .withItsNode: break
        }
        guard plan.creditMinor > 0 else { return }
        for _ in 0..<2 {
            try await CreditWallet(world.context)(
                workspaceID: world.workspace.id,
                amountMinor: plan.creditMinor,
                key: "credit-\(index)",
                description: "Goodwill"
            )
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func keysOfCreditsBelongToTheirWorkspace(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        let credit = CreditWallet(world.context)
        for id in [world.workspace.id, other.id] {
            try await credit(workspaceID: id, amountMinor: 50_00, key: "receipt-1", description: "Goodwill")
        }
        #expect(try await world.balance() == 1050_00)
        #expect(try await GetWallet(world.context)(workspaceID: other.id).balance.minor == 50_00)
        let refusal = await #expect(throws: PlatformError.self) {
            try await credit(workspaceID: other.id, amountMinor: 51_00, key: "receipt-1", description: "Goodwill")
        }
        #expect(refusal?.code == .idempotencyConflict)
        #expect(try await GetWallet(world.context)(workspaceID: other.id).balance.minor == 50_00)
        #expect(try await world.differences() == [])
    }
}
