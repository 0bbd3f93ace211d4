import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Limits where they are kept: on both databases, and when everybody comes at once.
@Suite struct LimitTests {
    /// The world's platform, asked by a new key.
    private func key(_ world: World, _ change: (inout Limits) -> Void) async throws -> PlatformContext {
        var wish = KeyWish(name: "limited")
        change(&wish.limits)
        let made = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
        return world.context.asked(by: Asker(.key, id: made.key.id))
    }

    private func setOperators(_ world: World, _ change: @escaping @Sendable (inout Limits) -> Void) async throws {
        _ = try await ManageLimits(world.context).changeOperators(workspaceID: world.workspace.id, change)
    }

    /// What came of many calls at once: nil for each that was placed.
    private func place(_ count: Int, _ context: PlatformContext, _ request: CallRequest) async throws -> [ErrorCode?] {
        try await withThrowingTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do {
                        _ = try await PlaceCall(context)(request)
                        return nil
                    } catch let error as PlatformError {
                        return error.code
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func committed(_ world: World) async throws -> Int64 {
        try await ManageLimits(world.context)(workspaceID: world.workspace.id).committedTodayMinor
    }

    private func books(_ world: World) async throws -> [String] {
        try await world.context.database.read { tx in
            try LedgerChecker.differences(in: tx).map(\.description) + CheckPayments.differences(in: tx)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofAHundredCallsOfAKeyNoMoreThanItsLimitAreLive(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let context = try await key(world) { $0.concurrentCalls = 7 }
        let codes = try await place(100, context, world.request())
        #expect(codes.count { $0 == nil } == 7 && codes.count { $0 == .tooManyCalls } == 93)
        // Somebody else's calls are not the key's.
        _ = try await PlaceCall(world.context)(world.request())
    }

    /// Each call may cost KES 5 at most, the day KES 23: four go.
    @Test(arguments: TestDatabase.Engine.allCases, [false, true])
    func ofAHundredCallsAtOnceNoneSpendsMoreThanTheDay(engine: TestDatabase.Engine, ofKey: Bool) async throws {
        let world = try await World(engine)
        var context = world.context
        if ofKey {
            context = try await key(world) { $0.spendPerDayMinor = 23_00 }
        } else {
            try await setOperators(world) { $0.spendPerDayMinor = 23_00 }
        }
        let before = try await committed(world)
        var request = world.request()
        request.maxCostMinor = 5_00
        let codes = try await place(100, context, request)
        let placed = codes.count { $0 == nil }
        // The world's own number was claimed today.
        let expected = ofKey ? 4 : (23_00 - Int(before)) / 5_00
        #expect(placed == expected && codes.count { $0 == .spendLimitReached } == 100 - expected)
        #expect(try await committed(world) == before + Int64(placed) * 5_00)
        #expect(try await books(world) == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aDaysSpendIsGivenBackWhenCallsCostLessAndBeginsAnewAtMidnight(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await committed(world)
        #expect(before == World.rentalMinor)
        try await setOperators(world) { $0.spendPerDayMinor = World.rentalMinor + 10_00 }
        let node = world.context.ids.next()
        // Without a cap a call counts with its four hours.
        #expect(try await place(1, world.context, world.request()) == [.spendLimitReached])
        var request = world.request()
        request.maxCostMinor = 10_00
        let call = try await PlaceCall(world.context)(request).call
        #expect(try await place(1, world.context, request) == [.spendLimitReached])
        _ = try await TakeVoiceCommands(world.context)(nodeID: node, limit: 10)
        let answer = RecordProgress.Step("x", id: world.context.ids.next(), at: world.clock.now(), event: .answered)
        try await RecordProgress(world.context)(callID: call.id, steps: [answer])
        world.clock.advance(by: .seconds(20))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        #expect(try await SettleCall(world.context)(callID: call.id, ending: ending).costMinor == 1_00)
        #expect(try await committed(world) == before + 1_00)
        request.maxCostMinor = 9_01
        #expect(try await place(1, world.context, request) == [.spendLimitReached])
        request.maxCostMinor = 9_00
        #expect(try await place(1, world.context, request) == [nil])
        let last = request
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(last) }
        // 10:00:20 in UTC is 13:00:20 in Nairobi.
        #expect(refusal?.retryAfter == .seconds(11 * 3600 - 20))
        world.clock.advance(by: .seconds(11 * 3600 - 20))
        #expect(try await place(1, world.context, request) == [nil])
        #expect(try await books(world) == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func claimsCountAgainstTheDay(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        try await setOperators(world) { $0.spendPerDayMinor = 2 * World.rentalMinor - 1 }
        func claim() async throws {
            _ = try await ClaimNumber(world.context)(workspaceID: world.workspace.id, wanted: .e164("+254200000002"))
        }
        let refusal = await #expect(throws: PlatformError.self) { try await claim() }
        #expect(refusal?.code == .spendLimitReached)
        #expect(try await world.balance() == 1000_00)
        try await setOperators(world) { $0.spendPerDayMinor = 2 * World.rentalMinor }
        try await claim()
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func callsAboveTheRateWaitForTheirTurnAndNodesDialThemThen(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine) { $0.longestDialQueue = .seconds(2) }
        try await setOperators(world) { $0.callsPerSecond = 2 }
        let codes = try await place(20, world.context, world.request())
        #expect(codes.count { $0 == nil } == 5 && codes.count { $0 == .callsTooFast } == 15)
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        #expect(refusal?.retryAfter == .seconds(1))
        let node = world.context.ids.next()
        let take = TakeVoiceCommands(world.context)
        let start = world.clock.now()
        var dialled: [Identifier] = []
        for step in 0...4 {
            let taken = try await take.withNextDial(nodeID: node, limit: 10)
            dialled += taken.commands.map(\.call.id)
            #expect(taken.commands.count == 1)
            #expect(taken.nextDialAt == (step < 4 ? start + .milliseconds(500 * (step + 1)) : nil))
            world.clock.advance(by: .milliseconds(499))
            #expect(try await take(nodeID: node, limit: 10).isEmpty)
            world.clock.advance(by: .milliseconds(1))
        }
        #expect(Set(dialled).count == 5)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallThatWaitsForItsTurnIsHungUpOrGivenTime(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let context = try await key(world) { $0.callsPerSecond = 1 }
        let calls = [
            try await PlaceCall(context)(world.request()).call, try await PlaceCall(context)(world.request()).call,
            try await PlaceCall(context)(world.request()).call,
        ]
        let start = calls[0].createdAt
        #expect(calls.map(\.dialAt) == [nil, start + .seconds(1), start + .seconds(2)])
        let hungUp = try await RequestHangup(context)(workspaceID: world.workspace.id, reference: calls[1].sessionID)
        #expect(hungUp.status == .canceled)
        #expect(try await world.count("dial_queue") == 1)
        // Nobody dials: the time that a call may wait for a node begins with its turn.
        world.clock.advance(by: .seconds(61))
        #expect(try await SettleOrphanedCalls(context)() == 1)
        #expect(try await world.read(calls[2]).call.status == .initiated)
        world.clock.advance(by: .seconds(2))
        #expect(try await SettleOrphanedCalls(context)() == 1)
        #expect(try await world.count("dial_queue") == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ownersAreHeldToWhatTheOperatorAllows(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (id, limits) = (world.workspace.id, ManageLimits(world.context))
        try await setOperators(world) {
            ($0.callsPerSecond, $0.countries, $0.highRiskPrefixes) = (5, ["KE", "DO"], ["+1809"])
        }
        let wishes: [(field: String, change: @Sendable (inout Limits) -> Void)] = [
            ("calls_per_second", { $0.callsPerSecond = 6 }),
            ("longest_call_seconds", { $0.longestCallSeconds = 14_401 }),
            ("max_concurrent_calls", { $0.concurrentCalls = 101 }), ("countries", { $0.countries = ["UG"] }),
            ("high_risk_prefixes", { $0.highRiskPrefixes = ["+881"] }),
        ]
        for wish in wishes {
            let refusal = await #expect(throws: PlatformError.self) {
                try await limits.change(workspaceID: id, wish.change)
            }
            #expect(refusal?.code == .limitTooWide && refusal?.field == wish.field)
        }
        var request = CallRequest(workspaceID: id, from: World.number, to: "+18092345678")
        #expect(try await place(1, world.context, request) == [.highRiskRefused])
        let view = try await limits.change(workspaceID: id) { $0.highRiskPrefixes = ["+1809"] }
        #expect(view.effective.highRiskPrefixes == ["+1809"] && view.effective.callsPerSecond == 5)
        #expect(try await place(1, world.context, request) == [nil])
        // What the operator takes back is closed, whatever the workspace has set.
        try await setOperators(world) { $0.highRiskPrefixes = nil }
        #expect(try await place(1, world.context, request) == [.highRiskRefused])
        request = CallRequest(workspaceID: id, from: World.number, to: "+256712345678")
        #expect(try await place(1, world.context, request) == [.countryNotAllowed])
        let unknown = await #expect(throws: PlatformError.self) {
            try await limits.changeOperators(workspaceID: id) { $0.countries = ["XX"] }
        }
        #expect(unknown?.code == .requestInvalid && unknown?.field == "countries")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aKeyWithLimitsChangesNone(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let context = try await key(world) { $0.concurrentCalls = 1 }
        let (workspaceID, keyID) = (world.workspace.id, try #require(context.asker.id))
        let attempts: [@Sendable () async throws -> Void] = [
            { _ = try await CreateKey(context)(workspaceID: workspaceID, KeyWish(name: "free")) },
            { _ = try await ManageKeys(context).change(keyID, workspaceID: workspaceID) { $0 = Limits() } },
            { _ = try await ManageLimits(context).change(workspaceID: workspaceID) { $0.concurrentCalls = 100 } },
            {
                _ = try await RotateKey(context)(
                    keyID,
                    workspaceID: workspaceID,
                    overlap: .zero,
                    createdBy: nil,
                    limit: Scope.all
                )
            },
        ]
        for attempt in attempts {
            let refusal = await #expect(throws: PlatformError.self) { try await attempt() }
            #expect(refusal?.code == .scopeDenied)
        }
        let rotated = try await RotateKey(world.context)(
            keyID,
            workspaceID: workspaceID,
            overlap: .zero,
            createdBy: nil,
            limit: Scope.all
        )
        #expect(rotated.key.limits.concurrentCalls == 1)
    }
}
