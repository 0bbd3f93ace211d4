import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Calls with a cap: what is set aside, and what becomes of it.
@Suite struct HoldTests {
    private func wallet(_ world: World) async throws -> [Int64] {
        let wallet = try await GetWallet(world.context)(workspaceID: world.workspace.id)
        return [wallet.balance.minor, wallet.heldMinor]
    }

    private func books(_ world: World) async throws -> [String] {
        try await world.context.database.read { tx in
            try LedgerChecker.differences(in: tx).map(\.description) + CheckPayments.differences(in: tx)
        }
    }

    /// A capped call that a node has taken and that was answered.
    private func answered(_ world: World, cap: Int64, node: Identifier) async throws -> Call {
        var request = world.request()
        request.maxCostMinor = cap
        let call = try await PlaceCall(world.context)(request).call
        _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        let step = RecordProgress.Step("x", id: world.context.ids.next(), at: world.clock.now(), event: .answered)
        try await RecordProgress(world.context)(callID: call.id, steps: [step])
        return call
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCapIsSetAsideAndWhatIsLeftComesBack(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await answered(world, cap: 50_00, node: world.context.ids.next())
        #expect(try await wallet(world) == [950_00, 50_00])
        #expect(try await books(world) == [])
        #expect(call.timeLimit?.length == .seconds(1000) && call.timeLimit?.cause == .maxCost)
        world.clock.advance(by: .seconds(47))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        #expect(try await SettleCall(world.context)(callID: call.id, ending: ending).costMinor == 235)
        #expect(try await wallet(world) == [1000_00 - 235, 0])
        #expect(try await books(world) == [])
        let page = try await ListTransactions(world.context)(workspaceID: world.workspace.id)
        #expect(page.postings.prefix(3).map(\.kind) == [.callCharge, .release, .hold])
    }

    /// However long it takes to end a call, and whoever ends it, nobody pays more than the cap.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallCostsNoMoreThanItsCap(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await answered(world, cap: 12, node: world.context.ids.next())
        #expect(call.timeLimit?.length == .seconds(2))
        world.clock.advance(by: .seconds(60))
        let ending = CallEnding(cause: .maxCost, endedAt: world.clock.now())
        let settled = try await SettleCall(world.context)(callID: call.id, ending: ending)
        #expect(settled.durationSeconds == 60 && settled.costMinor == 12)
        #expect(try await wallet(world) == [1000_00 - 12, 0])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aDeadNodesCallsGiveBackWhatTheyHeld(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        try await RecordHeartbeat(world.context)(nodeID: node)
        let talking = try await answered(world, cap: 20_00, node: node)
        var request = world.request()
        request.maxCostMinor = 30_00
        let waiting = try await PlaceCall(world.context)(request).call
        #expect(try await wallet(world) == [950_00, 50_00])
        world.clock.advance(by: .seconds(12))
        try await RecordHeartbeat(world.context)(nodeID: node)
        _ = try await SettleOrphanedCalls(world.context)()
        for _ in 0..<15 {
            world.clock.advance(by: .seconds(4))
            _ = try await SettleOrphanedCalls(world.context)()
        }
        #expect(try await world.read(talking).call.costMinor == 60)
        #expect(try await world.read(waiting).call.status == .failed)
        #expect(try await wallet(world) == [1000_00 - 60, 0])
        #expect(try await books(world) == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCapNeedsItsMoneyAndASecond(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 10_00)
        for (cap, code) in [(10_01, ErrorCode.insufficientFunds), (2, .capTooLow), (0, .requestInvalid)]
            as [(Int64, ErrorCode)]
        {
            var request = world.request()
            request.maxCostMinor = cap
            let capped = request
            let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(capped) }
            #expect(refusal?.code == code && refusal?.field == "max_cost_minor")
        }
        var request = world.request()
        request.maxCostMinor = 10_00
        _ = try await PlaceCall(world.context)(request)
        #expect(try await wallet(world) == [0, 10_00])
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        #expect(refusal?.code == .insufficientFunds)
    }

    /// Capped and uncapped calls end at once: nobody waits for ever, and the books are right.
    @Test(arguments: TestDatabase.Engine.allCases)
    func manyEndAtOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        var calls: [Call] = []
        for index in 0..<40 {
            calls.append(
                index.isMultiple(of: 2)
                    ? try await answered(world, cap: 10_00, node: node) : try await world.answeredCall(node: node)
            )
        }
        #expect(try await wallet(world) == [800_00, 200_00])
        world.clock.advance(by: .seconds(20))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in calls {
                group.addTask { _ = try await SettleCall(world.context)(callID: call.id, ending: ending) }
                group.addTask {
                    var request = world.request()
                    request.maxCostMinor = 1_00
                    _ = try await PlaceCall(world.context)(request)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await wallet(world) == [1000_00 - 40 * 1_00 - 40 * 1_00, 40_00])
        #expect(try await books(world) == [])
    }

    /// A hold that its call has outlived is a difference that the check names.
    @Test(arguments: TestDatabase.Engine.allCases)
    func theCheckFindsAHoldWithoutItsCall(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await answered(world, cap: 10_00, node: world.context.ids.next())
        try await world.context.database.write { tx in
            try tx.execute("UPDATE calls SET ended_at = $1 WHERE id = $2", [world.clock.now(), call.id])
        }
        #expect(try await books(world).contains { $0.contains("1000 set aside") })
    }
}
