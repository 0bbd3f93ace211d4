import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Clocks of test workspaces: what happens while they move happens as it would.
@Suite struct TestClockTests {
    private static let day = Duration.seconds(86_400)

    /// A test workspace with a number.
    private struct Twin {
        let world: World
        let id: Identifier
        let secret: String
        let number: VoiceNumber

        init(_ engine: TestDatabase.Engine, creditMinor: Int64 = 10_000_00, hooksURL: String? = nil) async throws {
            world = try await World(engine) { $0.testCreditMinor = creditMinor }
            var wish = KeyWish(name: "ci", scopes: Scope.testable)
            wish.isTest = true
            secret = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish).secret
            id = try await AuthenticateKey(world.context)(secret).workspaceID
            if let hooksURL {
                _ = try await CreateSubscription(world.context)(workspaceID: id, url: hooksURL, events: ["number.*"])
            }
            let offered = try await ListNumbers(world.context).page(InventoryFilter(), for: id).numbers
            let wanted = try #require(offered.first)
            number = try await ClaimNumber(world.context)(workspaceID: id, wanted: .e164(wanted.e164)).number
        }

        /// The platform in the workspace's time, as a request with its key has it.
        func context() async throws -> PlatformContext {
            var asker = Asker(.key)
            asker.clockOffset = try await AuthenticateKey(world.context)(secret).clockOffset
            return world.context.asked(by: asker)
        }

        func move(_ wish: MoveTestClock.Wish) async throws {
            _ = try await MoveTestClock(try await context())(wish, workspaceID: id)
        }

        /// Steps until the clock is there, and does what becomes due; returns the steps.
        func arrive(doing work: () async throws -> Void = {}) async throws -> Int {
            for step in 0..<1000 {
                if try await StepTestClocks(world.context)() == StepTestClocks.Report() { return step }
                _ = try await RenewRentals(world.context)()
                try await work()
            }
            throw WaitingTimeout(what: "a clock that arrives")
        }

        func clock() async throws -> TestClock { try await MoveTestClock(world.context).read(workspaceID: id) }

        func movements() async throws -> [AccountPosting] {
            var filter = PostingFilter()
            (filter.isRising, filter.limit) = (true, 100)
            return try await ListTransactions(world.context)(workspaceID: id, filter).postings
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aYearPassesMonthByMonth(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine)
        let (start, live) = (twin.world.clock.now(), try await twin.world.balance())
        try await twin.move(.by(Self.day * 366))
        #expect(try await twin.clock().target == start + Self.day * 366)
        // A step a month, and the last to the end.
        #expect(try await twin.arrive() == 13)
        let clock = try await twin.clock()
        #expect(clock.now == start + Self.day * 366 && clock.offset == Self.day * 366 && clock.target == nil)
        let rentals = try await twin.movements().filter { $0.kind == .numberRental }
        #expect(rentals.map(\.amountMinor) == [-World.rentalMinor] + Array(repeating: -116_00, count: 12))
        let months = [7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6].map { month in
            // Midnight in Nairobi.
            Timestamp(rfc3339: "\(month < 7 ? 2027 : 2026)-\(month < 10 ? "0" : "")\(month)-01T00:00:00+03:00")
        }
        #expect(rentals.dropFirst().map { $0.postedAt } == months)
        #expect(try await twin.world.differences().isEmpty)
        // Nobody else's time has passed.
        #expect(try await twin.world.balance() == live)
        #expect(try await ListNumbers(twin.world.context).owned(by: twin.world.workspace.id).first?.status == .active)
        // On by itself, and on from there.
        twin.world.clock.advance(by: .seconds(60))
        #expect(try await twin.clock().now == start + Self.day * 366 + .seconds(60))
        try await twin.move(.to(start + Self.day * 370))
        #expect(try await twin.arrive() == 2)
        #expect(try await twin.movements().count == rentals.count + 2)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func graceEndsAndTheNumberGoesBack(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine, creditMinor: 20_00)
        try await twin.move(.by(Self.day * 30))
        _ = try await twin.arrive()
        #expect(try await ListNumbers(twin.world.context).owned(by: twin.id).isEmpty)
        let events = try await ListEvents(try await twin.context())(workspaceID: twin.id, after: nil, limit: 100)
        let released = try #require(events.first { $0.kind == "number.released" })
        #expect(released.id.moment == Timestamp(rfc3339: "2026-07-08T00:00:00+03:00"))
        #expect(try await twin.world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func webhooksThatFailAreTriedAgainAsTheyWouldBe(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine, hooksURL: "https://acme.example/events")
        let start = twin.world.clock.now()
        try await twin.move(.by(Self.day * 3))
        var attempts: [Timestamp] = []
        _ = try await twin.arrive {
            for delivery in try await LeaseDeliveries(twin.world.context)(limit: 10) {
                #expect(delivery.kind == "number.provisioned")
                // The clock waits for what is under way.
                let report = try await StepTestClocks(twin.world.context)()
                #expect(report.moved == 0 && report.waiting == 1)
                attempts.append(twin.world.clock.now() + delivery.clockOffset)
                try await RecordAttempts(twin.world.context)([twin.world.outcome(of: delivery, status: 500)])
            }
        }
        #expect(try await twin.clock().target == nil)
        // The first at once, and the others within the schedule's waits, though no time passed for anybody else.
        #expect(attempts.count == RetrySchedule.attempts && attempts.first == start)
        let waits = zip(attempts.dropFirst(), attempts).map { $0 - $1 }
        for (wait, longest) in zip(waits, RetrySchedule.waits) { #expect(wait > .zero && wait <= longest) }
        #expect(twin.world.clock.now() == start)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func callsOfAMovedWorkspaceAreInItsTime(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine)
        try await twin.move(.by(Self.day * 100))
        _ = try await twin.arrive()
        let (context, now) = (try await twin.context(), try await twin.clock().now)
        let request = CallRequest(workspaceID: twin.id, from: twin.number.e164, to: World.callee)
        let call = try await PlaceCall(context)(request).call
        #expect(call.createdAt == now && call.id.moment == now)
        // Voice nodes know of no other time than the server's.
        let (server, clock) = (twin.world.context, twin.world.clock)
        let node = server.ids.next()
        _ = try await TakeVoiceCommands(server)(nodeID: node, limit: 10)
        clock.advance(by: .seconds(3))
        try await RecordProgress(server)(
            callID: call.id,
            steps: [.init("answered", id: server.ids.next(), at: clock.now(), event: .answered)]
        )
        clock.advance(by: .seconds(47))
        let ended = try await SettleCall(server)(
            callID: call.id,
            ending: CallEnding(cause: .normalClearing, endedAt: clock.now())
        )
        #expect(ended.answeredAt == now + .seconds(3) && ended.endedAt == now + .seconds(50))
        #expect(ended.durationSeconds == 47 && ended.costMinor == 2_35)
        #expect(try await twin.movements().last?.postedAt == now + .seconds(50))
        // Nobody takes it for abandoned, though it began long after the server's now.
        let second = try await PlaceCall(try await twin.context())(request).call
        _ = try await SettleOrphanedCalls(server)()
        let found = try await GetCall(server)(workspaceID: twin.id, reference: second.id.uuidString).call
        #expect(found.status == .initiated)
        clock.advance(by: server.settings.dialTimeout + .seconds(1))
        #expect(try await SettleOrphanedCalls(server)() == 1)
    }

    /// 100 GB for a month: two bills, each when its month is over, and then nothing is left.
    @Test(arguments: TestDatabase.Engine.allCases)
    func recordingsAreChargedForAndDeletedOnTheirDays(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine)
        let (server, start) = (twin.world.context, twin.world.clock.now())
        var request = CallRequest(workspaceID: twin.id, from: twin.number.e164, to: World.callee)
        request.record = true
        let call = try await PlaceCall(try await twin.context())(request).call
        try await RecordProgress(server)(
            callID: call.id,
            steps: [.init("answered", id: server.ids.next(), at: start, event: .answered)]
        )
        _ = try await SettleCall(server)(callID: call.id, ending: CallEnding(cause: .normalClearing, endedAt: start))
        let shelf = try TestShelf()
        try await shelf.keep(server, call.id, duration: .seconds(1), sizeBytes: 100_000_000_000)
        try await shelf.storeDue(server)
        try await twin.move(.by(Self.day * 40))
        var expired: [Timestamp] = []
        _ = try await twin.arrive {
            _ = try await BillStorage(server)()
            if try await ExpireRecordings(server)() > 0 { expired.append(try await twin.clock().now) }
            _ = try await PurgeRecordings(server, vault: shelf.vault)()
        }
        #expect(expired == [start + Self.day * 30])
        let bills = try await twin.movements().filter { $0.kind == .recordingStorage }
        #expect(bills.map(\.postedAt) == [7, 8].map { Timestamp(rfc3339: "2026-0\($0)-01T00:00:00+03:00") })
        // June: four days of thirty, less 5 GB, at KES 2.00 and 16 %.
        #expect(bills.first?.amountMinor == -(16_67 + 2_67))
        let refusal = await #expect(throws: PlatformError.self) {
            let context = try await twin.context()
            _ = try await FindRecording(context)(workspaceID: twin.id, reference: call.id.uuidString)
        }
        #expect(refusal?.code == .recordingExpired)
        #expect(try await twin.world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func clocksGoForwardInTestWorkspacesOnly(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine)
        let (context, now) = (twin.world.context, twin.world.clock.now())
        func code(_ wish: MoveTestClock.Wish, _ id: Identifier) async -> ErrorCode? {
            await #expect(throws: PlatformError.self) { _ = try await MoveTestClock(context)(wish, workspaceID: id) }?
                .code
        }
        #expect(await code(.by(.seconds(1)), twin.world.workspace.id) == .testClockLive)
        for wish in [MoveTestClock.Wish.by(.zero), .by(.seconds(-1)), .by(Self.day * 367), .to(now)] {
            #expect(await code(wish, twin.id) == .requestInvalid)
        }
        try await twin.move(.by(.seconds(10)))
        #expect(await code(.by(.seconds(10)), twin.id) == .testClockMoving)
        _ = try await twin.arrive()
        try await SuspendWorkspace(context)(workspaceID: twin.world.workspace.id, status: .suspended)
        #expect(await code(.by(.seconds(10)), twin.id) == .workspaceSuspended)
    }

    /// Many workers step, and each month is charged once.
    @Test(arguments: TestDatabase.Engine.allCases)
    func manyWorkersMoveAClockOnce(engine: TestDatabase.Engine) async throws {
        let twin = try await Twin(engine)
        let start = twin.world.clock.now()
        try await twin.move(.by(Self.day * 200))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try await twin.arrive() } }
            try await group.waitForAll()
        }
        _ = try await twin.arrive()
        #expect(try await twin.clock().now == start + Self.day * 200)
        #expect(try await twin.movements().count { $0.kind == .numberRental } == 1 + 7)
        #expect(try await twin.world.differences().isEmpty)
    }
}
