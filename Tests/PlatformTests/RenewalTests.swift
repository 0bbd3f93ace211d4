import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct RenewalTests {
    private static let day = Duration.seconds(86_400)
    private static let monthMinor: Int64 = 116_00

    private static func mails(_ world: World) async throws -> [String] {
        try await world.context.database.read { tx in
            try tx.rows("SELECT subject FROM mails ORDER BY id").map { try $0.get("subject") }
        }
    }

    private static func number(_ world: World) async throws -> VoiceNumber? {
        try await ListNumbers(world.context).owned(by: world.workspace.id).first
    }

    /// The world begins on 27 June 2026 at 13:00 in Nairobi; months are told one by one, as people count them.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aYearIsChargedMonthByMonth(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 2000_00)
        let renew = RenewRentals(world.context)
        #expect(try await renew() == RenewRentals.Report())
        // 30 June, 23:59 in Nairobi, and then midnight.
        world.clock.advance(by: Self.day * 3 + .seconds(11 * 3600 - 60))
        #expect(try await renew().renewed == 0)
        world.clock.advance(by: .seconds(60))
        #expect(try await renew().renewed == 1)
        #expect(try await renew().renewed == 0)
        var balance: Int64 = 2000_00 - Self.monthMinor
        #expect(try await world.balance() == balance)
        // August 2026 to June 2027; a leap year is not among them.
        for days in [31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31] {
            world.clock.advance(by: Self.day * days)
            #expect(try await renew().renewed == 1)
            balance -= Self.monthMinor
            #expect(try await world.balance() == balance)
        }
        #expect(try await Self.number(world)?.paidUntil?.rfc3339Seconds == "2027-06-30T21:00:00Z")
        #expect(try await world.differences().isEmpty)
        #expect(try await Self.mails(world).isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func monthsThatWereMissedAreMadeUpForAndChargedOnceByManyWorkers(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        // Into September: July, August and September are due.
        world.clock.advance(by: Self.day * 70)
        let reports = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await RenewRentals(world.context)().renewed } }
            return try await group.reduce(into: 0) { $0 += $1 }
        }
        #expect(reports == 3)
        #expect(try await world.balance() == 1000_00 - 3 * Self.monthMinor)
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anUnpaidNumberStopsAndWorksAgainWithMoney(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 100_00)
        let renew = RenewRentals(world.context)
        world.clock.advance(by: Self.day * 4)
        #expect(try await renew().unpaid == 1)
        #expect(try await renew() == RenewRentals.Report())
        #expect(try await Self.number(world)?.status == .suspended)
        #expect(try await world.balance() == 100_00)
        let refusal = await #expect(throws: PlatformError.self) { try await PlaceCall(world.context)(world.request()) }
        #expect(refusal?.code == .numberNotActive)
        // Not enough yet, and then enough.
        let account = world.workspace.mpesaAccountReference
        _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1SMALL1", 10_00, account: account))
        #expect(try await renew().renewed == 0)
        _ = try await TakePaybillPayment(world.context)(world.paybill("UKL1SMALL2", 10_00, account: account))
        #expect(try await renew().renewed == 1)
        #expect(try await Self.number(world)?.status == .active)
        #expect(try await world.balance() == 120_00 - Self.monthMinor)
        _ = try await PlaceCall(world.context)(world.request())
        #expect(try await Self.mails(world) == ["\(World.number) is not paid"])
        #expect(try await world.differences().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func afterTheGraceTheNumberGoesBack(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 50_00)
        let renew = RenewRentals(world.context)
        world.clock.advance(by: Self.day * 4)
        for _ in 0..<6 {
            _ = try await renew()
            #expect(try await Self.number(world)?.status == .suspended)
            world.clock.advance(by: Self.day)
        }
        _ = try await renew()
        world.clock.advance(by: Self.day)
        #expect(try await renew().released == 1)
        #expect(try await Self.number(world) == nil)
        #expect(try await ListNumbers(world.context).available().map(\.e164).contains(World.number))
        #expect(try await world.balance() == 50_00)
        #expect(try await world.events("number.released") == 1)
        let expected = ["is not paid", "will be lost tomorrow", "was released"].map { "\(World.number) \($0)" }
        #expect(try await Self.mails(world) == expected)
        world.clock.advance(by: Self.day * 60)
        #expect(try await renew() == RenewRentals.Report())
        #expect(try await world.differences().isEmpty)
    }

    /// What the operator stopped does not work again because it is paid.
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatTheOperatorStoppedStaysStopped(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await ChangeNumberStatus(world.context)(World.number, isSuspended: true)
        world.clock.advance(by: Self.day * 4)
        #expect(try await RenewRentals(world.context)().renewed == 1)
        #expect(try await Self.number(world)?.status == .suspended)
    }
}
