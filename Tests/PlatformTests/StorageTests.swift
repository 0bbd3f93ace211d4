import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// What recordings take up, what that costs, and how they end.
@Suite struct StorageTests {
    private static let day = Duration.seconds(86_400)
    private static let gigabyte: Int64 = 1_000_000_000

    private func recordedCall(_ world: World) async throws -> Call {
        var request = world.request()
        request.record = true
        let call = try await PlaceCall(world.context)(request).call
        _ = try await TakeVoiceCommands(world.context)(nodeID: world.context.ids.next(), limit: 10)
        let answered = RecordProgress.Step(
            "sip.answered",
            id: world.context.ids.next(),
            at: world.clock.now(),
            event: .answered
        )
        try await RecordProgress(world.context)(callID: call.id, steps: [answered])
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        return try await SettleCall(world.context)(callID: call.id, ending: ending)
    }

    /// Only the mix's size counts, whatever the file has.
    private func save(_ world: World, _ call: Call, _ bytes: Int64, on shelf: TestShelf) async throws {
        try await shelf.keep(world.context, call.id, sizeBytes: bytes)
        try await shelf.storeDue(world.context)
    }

    private func stored(_ world: World, _ bytes: Int64, on shelf: TestShelf? = nil) async throws -> Call {
        let call = try await recordedCall(world)
        try await save(world, call, bytes, on: shelf ?? TestShelf())
        return call
    }

    private func delete(_ world: World, _ call: Call) async throws {
        try await DeleteRecording(world.context)(workspaceID: world.workspace.id, reference: call.id.uuidString)
    }

    private func report(_ world: World) async throws -> StorageReport {
        try await ReadStorage(world.context)(workspaceID: world.workspace.id)
    }

    private func differences(_ world: World) async throws -> [String] {
        try await world.context.database.read { try CheckStorage.differences(in: $0) }
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    private func find(_ world: World, _ call: Call) async throws {
        _ = try await FindRecording(world.context)(workspaceID: world.workspace.id, reference: call.id.uuidString)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theCounterIsRightWhateverIsSavedAndDeletedAtOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        var calls: [Call] = []
        for _ in 0..<24 { calls.append(try await recordedCall(world)) }
        let shelf = try TestShelf()
        for call in calls[..<12] { try await save(world, call, 1000, on: shelf) }
        let deleted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for (index, call) in calls.enumerated() {
                for _ in 0..<2 {
                    group.addTask {
                        if index >= 12 {
                            try await save(world, call, Int64(index), on: shelf)
                            return false
                        }
                        do {
                            try await delete(world, call)
                            return true
                        } catch let refusal as PlatformError where refusal.code == .recordingExpired {
                            return false
                        }
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(deleted == 12)
        #expect(try await report(world).usedBytes == (12..<24).reduce(0, +))
        #expect(try await differences(world).isEmpty)
        // The check does see what is off.
        try await world.context.database.write { tx in
            try tx.execute("UPDATE storage_use SET used_bytes = used_bytes + 1")
        }
        #expect(try await differences(world).count == 1)
    }

    /// The world begins on 27 June 2026 at 13:00 in Nairobi.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aMonthCostsTheAverageOfItsDaysAndIsChargedOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        try await SetRetention(world.context)(workspaceID: world.workspace.id, days: 90)
        let first = try await stored(world, 200 * Self.gigabyte)
        world.clock.advance(by: Self.day * 2)
        _ = try await stored(world, 100 * Self.gigabyte)
        world.clock.advance(by: Self.day)
        try await delete(world, first)
        // The 27th and 28th 200, the 29th 300, the 30th 100: 800 GB and days, of which 30 times 5 are free.
        let june = try await report(world)
        #expect(june.usedBytes == 100 * Self.gigabyte && june.soFar.byteDays == 800 * Self.gigabyte)
        #expect(june.estimate == june.soFar && june.days == 30 && june.owedMinor == 0)
        #expect(june.soFar.netMinor == 43_33 && june.soFar.taxMinor == 6_93)
        #expect(try await BillStorage(world.context)() == BillStorage.Report())
        // Midnight in Nairobi, and eight workers.
        world.clock.advance(by: .seconds(11 * 3600))
        let reports = try await withThrowingTaskGroup(of: BillStorage.Report.self) { group in
            for _ in 0..<8 { group.addTask { try await BillStorage(world.context)() } }
            return try await group.reduce(into: [BillStorage.Report]()) { $0.append($1) }
        }
        #expect(reports.reduce(0) { $0 + $1.billed } == 1 && reports.reduce(0) { $0 + $1.paid } == 1)
        #expect(try await world.balance() == 1000_00 - 50_26)
        // July and August, at the end of August: 95 GB above what is free in each.
        world.clock.advance(by: Self.day * 62)
        let later = try await BillStorage(world.context)()
        #expect(later.billed == 2 && later.paid == 2)
        #expect(try await world.balance() == 1000_00 - 50_26 - 2 * (190_00 + 30_40))
        let moved = try await ListTransactions(world.context)(workspaceID: world.workspace.id).postings
        #expect(moved.filter { $0.kind == .recordingStorage }.map(\.description).last == "Recording storage in 2026-06")
        #expect(try await world.differences().isEmpty)
        #expect(try await world.context.database.read { try CheckPayments.differences(in: $0) }.isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aWalletIsNotOverdrawnAndPaysWhenThereIsMoney(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 10_00)
        _ = try await stored(world, 305 * Self.gigabyte)
        world.clock.advance(by: Self.day * 4)
        // 4 days of 305 GB and 30 days of 5 free: 35.67 GB, 71.33 and 11.41.
        let bill = try await BillStorage(world.context)()
        #expect(bill.billed == 1 && bill.paid == 0)
        #expect(try await world.balance() == 10_00)
        #expect(try await report(world).owedMinor == 82_74)
        world.clock.advance(by: Self.day)
        #expect(try await BillStorage(world.context)() == BillStorage.Report())
        let subjects = try await world.context.database.read { tx in
            try tx.rows("SELECT subject FROM mails").map { try $0.get("subject", as: String.self) }
        }
        #expect(subjects == ["Recording storage in 2026-06 could not be paid"])
        let news = world.paybill("UKL1STORE1", 100_00, account: world.workspace.mpesaAccountReference)
        _ = try await TakePaybillPayment(world.context)(news)
        #expect(try await BillStorage(world.context)().paid == 1)
        #expect(try await world.balance() == 110_00 - 82_74)
        #expect(try await report(world).owedMinor == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsFreeCostsNothingAndAnEmptyStorageIsNotLookedAtAgain(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await stored(world, 5 * Self.gigabyte)
        #expect(try await report(world).estimate.netMinor == 0)
        world.clock.advance(by: Self.day * 4)
        #expect(try await BillStorage(world.context)() == BillStorage.Report())
        try await delete(world, call)
        world.clock.advance(by: Self.day * 40)
        #expect(try await BillStorage(world.context)() == BillStorage.Report())
        let due = try await world.context.database.read { tx in
            try tx.rows("SELECT workspace_id FROM storage_use WHERE bill_at IS NOT NULL OR expire_at IS NOT NULL").count
        }
        #expect(due == 0)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRecordingIsGoneAfterItsDaysFromTheDiskToo(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let shelf = try TestShelf()
        let call = try await recordedCall(world)
        let mix = try await shelf.keep(world.context, call.id, sizeBytes: 1000)
        let names = RecordingFileNames.all(ofMix: mix)
        for name in names.dropFirst() { try shelf.write(Array("side".utf8), name) }
        try await shelf.storeDue(world.context)
        #expect(!names.contains(where: shelf.isSpooled))
        let files = names.map { "recordings/\($0)" }
        try await shelf.vault.put(ObjectBytes([1]), as: "recordings/2026/06/27/other-mix.wav")
        world.clock.advance(by: Self.day * 30 - .seconds(1))
        #expect(try await ExpireRecordings(world.context)() == 0)
        try await find(world, call)
        world.clock.advance(by: .seconds(1))
        // It is answered as gone before anybody came to delete it.
        #expect(await code { try await find(world, call) } == .recordingExpired)
        #expect(try await ExpireRecordings(world.context)() == 1)
        #expect(try await report(world).usedBytes == 0)
        #expect(files.allSatisfy(shelf.has))
        #expect(try await PurgeRecordings(world.context, vault: shelf.vault)() == 1)
        #expect(!files.contains(where: shelf.has) && shelf.has("recordings/2026/06/27/other-mix.wav"))
        #expect(await code { try await find(world, call) } == .recordingExpired)
        #expect(await code { try await delete(world, call) } == .recordingExpired)
        #expect(try await ExpireRecordings(world.context)() == 0)
        #expect(try await differences(world).isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCrashBetweenTheStepsIsMadeUpFor(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        for fault in [FaultyStore.Fault.before, .after] {
            var faulty: FaultyStore?
            let shelf = try TestShelf { store in
                let store = FaultyStore(store)
                faulty = store
                return store
            }
            let purge = PurgeRecordings(world.context, vault: shelf.vault)
            let call = try await recordedCall(world)
            let mix = "recordings/" + (try await shelf.keep(world.context, call.id, sizeBytes: 1000))
            try await shelf.storeDue(world.context)
            try await delete(world, call)
            faulty?.fault.withLock { $0 = fault }
            #expect(try await purge() == 0)
            faulty?.fault.withLock { $0 = nil }
            // Nobody else is at it for a minute, and then somebody is.
            #expect(try await purge() == 0)
            #expect(shelf.has(mix) == (fault == .before))
            world.clock.advance(by: .seconds(60))
            #expect(try await purge() == 1)
            #expect(!shelf.has(mix))
            #expect(try await purge() == 0)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func fewerDaysDeleteSoonerAndMoreKeepLonger(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let retention = SetRetention(world.context)
        let id = world.workspace.id
        #expect(try await retention.current(workspaceID: id) == 30)
        let old = try await stored(world, 1000)
        world.clock.advance(by: Self.day * 5)
        let young = try await stored(world, 10)
        try await retention(workspaceID: id, days: 90)
        world.clock.advance(by: Self.day * 40)
        #expect(try await ExpireRecordings(world.context)() == 0)
        try await find(world, old)
        try await retention(workspaceID: id, days: 42)
        #expect(await code { try await find(world, old) } == .recordingExpired)
        try await find(world, young)
        #expect(try await ExpireRecordings(world.context)() == 1)
        #expect(try await report(world).usedBytes == 10)
        for wrong in [0, -1, 91] as [Int64] {
            #expect(await code { try await retention(workspaceID: id, days: wrong) } == .requestInvalid)
        }
    }
}
