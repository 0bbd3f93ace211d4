import Crypto
import Database
import Ledger
import Logging
import Platform
import Primitives
import TestSupport
import Testing

/// Price lists by date.
@Suite struct PriceTests {
    private static let day = Duration.seconds(86_400)

    private static func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PlatformError)?.code
        }
    }

    private static func change(_ body: (inout PriceChange) -> Void) -> PriceChange {
        var change = PriceChange()
        body(&change)
        return change
    }

    private static let raise = change { $0.numberMonthlyMinor = 120_00 }
    private static let cut = change { $0.outboundPerMinuteMinor = 240 }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eachListIsInForceFromItsFirstMomentToTheNext(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let start = world.clock.now()
        #expect(try await ReadPrices(world.context)() == PriceList())
        let first = start + Self.day * 30
        let second = start + Self.day * 31
        _ = try await SetPrices(world.context)(Self.raise, from: first)
        _ = try await SetPrices(world.context)(Self.cut, from: second)
        let history = try await world.context.prices.history()
        let expected: [(Timestamp, Int64, Int64)] = [
            (Timestamp(millisecondsSinceEpoch: 0), 100_00, 300), (first - .milliseconds(1), 100_00, 300),
            (first, 120_00, 300), (second - .milliseconds(1), 120_00, 300), (second, 120_00, 240),
            (second + Self.day * 9999, 120_00, 240),
        ]
        for (moment, number, outbound) in expected {
            let list = history.list(at: moment)
            #expect(list.numberMonthlyMinor == number && list.outboundPerMinuteMinor == outbound, "\(moment.rfc3339)")
        }
        #expect(history.upcomingLists(after: start).map(\.list.updatedAt) == [first, second])
        #expect(history.upcomingLists(after: first).map(\.list.updatedAt) == [second])
        world.clock.advance(by: Self.day * 30 - .milliseconds(1))
        #expect(try await ReadPrices(world.context)().numberMonthlyMinor == 100_00)
        world.clock.advance(by: .milliseconds(1))
        #expect(try await ReadPrices(world.context)().numberMonthlyMinor == 120_00)
        #expect(try await ReadPrices(world.context)().updatedAt == first)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatCostsMoreIsAnnouncedThirtyDaysBefore(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (set, now) = (SetPrices(world.context), world.clock.now())
        let dearer = [
            Self.raise, Self.change { $0.outboundPerMinuteMinor = 301 }, Self.change { $0.inboundPerMinuteMinor = 1 },
            Self.change { $0.recordingFreeGB = 4 }, Self.change { $0.storagePerGBMonthMinor = 201 },
        ]
        for change in dearer {
            for from in [nil, now + Self.day, now + Self.day * 30 - .milliseconds(1)] {
                #expect(await Self.code { _ = try await set(change, from: from) } == .pricesTooSoon)
            }
        }
        let soon = now + .seconds(60)
        #expect(await Self.code { _ = try await set(Self.cut, from: soon - .milliseconds(1)) } == .pricesTooSoon)
        let nothing = Self.change { $0.numberMonthlyMinor = 100_00 }
        #expect(await Self.code { _ = try await set(nothing, from: nil) } == .requestInvalid)
        for wrong in [-1, 1_000_000_01] as [Int64] {
            let change = Self.change { $0.numberMonthlyMinor = wrong }
            #expect(await Self.code { _ = try await set(change, from: now + Self.day * 40) } == .requestInvalid)
        }
        #expect(try await world.count("price_lists") == 0)
        #expect(try await set(Self.cut, from: nil).list.updatedAt == soon)
        #expect(await Self.code { _ = try await set(Self.raise, from: soon) } == .pricesPlanned)
        #expect(try await set(Self.raise, from: now + Self.day * 30).list.outboundPerMinuteMinor == 240)
        // A law's rate of VAT is no price.
        let vat = Self.change { $0.vatBasisPoints = 1800 }
        #expect(await Self.code { _ = try await set(vat, from: nil) } == .pricesPlanned)
        world.clock.advance(by: Self.day * 30)
        _ = try await set(vat, from: nil)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func nobodyHasToBeToldBeforeThereIsAWorkspace(engine: TestDatabase.Engine) async throws {
        let clock = ManualWallClock()
        let context = PlatformContext(
            database: try await TestDatabase.make(engine, migrations: PlatformSchema.migrations).database,
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            logger: Logger(label: "test")
        )
        _ = try await SetPrices(context)(Self.raise, from: nil)
        #expect(try await TellWorkspaces(context)() == 0)
        clock.advance(by: .seconds(60))
        #expect(try await ReadPrices(context)().numberMonthlyMinor == 120_00)
    }

    /// Two nodes on one database, which hear nothing from each other.
    @Test(arguments: TestDatabase.Engine.allCases)
    func allNodesChangeAtTheSameMoment(engine: TestDatabase.Engine) async throws {
        let stored = try await TestDatabase.make(engine, migrations: PlatformSchema.migrations)
        let clock = ManualWallClock()
        let key = SymmetricKey(size: .bits256)
        func node(_ database: Database) -> PlatformContext {
            PlatformContext(
                database: database,
                clock: clock,
                ids: SystemIdentifierSource(clock: clock),
                secrets: SecretBox(masterKey: key),
                logger: Logger(label: "test")
            )
        }
        let second = try await Database.open(
            stored.location,
            migrations: PlatformSchema.migrations,
            logger: Logger(label: "test")
        )
        let nodes = [node(stored.database), node(second)]
        for (index, setter) in nodes.enumerated() {
            // What the other one knows is as new as can be when the change is made.
            for node in nodes { _ = try await ReadPrices(node)() }
            _ = try await SetPrices(setter)(Self.change { $0.outboundPerMinuteMinor = 200 - Int64(index) }, from: nil)
            for step in [Duration.seconds(59), .milliseconds(999), .milliseconds(1), .seconds(60)] {
                clock.advance(by: step)
                let prices = try await nodes.asyncMap { try await ReadPrices($0)().outboundPerMinuteMinor }
                #expect(Set(prices).count == 1, "node \(index), \(step): \(prices)")
            }
            #expect(try await ReadPrices(setter)().outboundPerMinuteMinor == 200 - Int64(index))
        }
        await second.close()
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func onlyTheLastChangeIsCalledOffAndOnlyBeforeItBegins(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (set, cancel, now) = (SetPrices(world.context), CancelPrices(world.context), world.clock.now())
        let (first, second) = (now + Self.day * 30, now + Self.day * 40)
        #expect(await Self.code { try await cancel(from: first) } == .pricesNotPlanned)
        _ = try await set(Self.raise, from: first)
        _ = try await set(Self.cut, from: second)
        #expect(await Self.code { try await cancel(from: first) } == .pricesNotPlanned)
        try await cancel(from: second)
        #expect(await Self.code { try await cancel(from: second) } == .pricesNotPlanned)
        world.clock.advance(by: Self.day * 30 - .seconds(60) + .milliseconds(1))
        #expect(await Self.code { try await cancel(from: first) } == .pricesNotPlanned)
        world.clock.advance(by: Self.day * 15)
        #expect(try await ReadPrices(world.context)().numberMonthlyMinor == 120_00)
        #expect(try await ReadPrices(world.context)().outboundPerMinuteMinor == 300)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRentalMonthHasThePriceOfItsFirstMoment(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 2000_00)
        // 1 August in Nairobi, and a moment after the beginning of September.
        let august = try #require(Timestamp(rfc3339: "2026-07-31T21:00:00Z"))
        _ = try await SetPrices(world.context)(Self.raise, from: august)
        let september = try #require(Timestamp(rfc3339: "2026-08-31T21:00:00.001Z"))
        _ = try await SetPrices(world.context)(Self.change { $0.numberMonthlyMinor = 130_00 }, from: september)
        // All are charged late and together, each at its own price: July, August and September.
        world.clock.advance(by: Self.day * 80)
        #expect(try await RenewRentals(world.context)().renewed == 3)
        #expect(try await world.balance() == 2000_00 - 116_00 - 139_20 - 139_20)
        // Given back on 15 September, which counts: 15 of 30 days, at what was paid for them.
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        #expect(try await world.balance() == 2000_00 - 116_00 - 139_20 - 139_20 + 69_60)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsPaidBackIsNeverMoreThanWasPaid(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await SetPrices(world.context)(Self.change { $0.numberMonthlyMinor = 10_00 }, from: nil)
        world.clock.advance(by: .seconds(60))
        let claimed = try await ClaimNumber(world.context)(
            workspaceID: world.workspace.id,
            wanted: .e164("+254200000002")
        )
        #expect(claimed.charge.netMinor == 1_33)
        let before = try await world.balance()
        for number in [World.number, "+254200000002"] {
            _ = try await ReleaseNumber(world.context)(number, workspaceID: world.workspace.id)
        }
        // 3 of 30 days: one at KES 100, which was paid for it, and one at KES 10.
        #expect(try await world.balance() == before + 11_60 + 1_16)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallKeepsThePriceOfItsPlacement(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await SetPrices(world.context)(Self.cut, from: nil)
        world.clock.advance(by: .seconds(60) - .milliseconds(1))
        let before = try await PlaceCall(world.context)(world.request()).call
        world.clock.advance(by: .milliseconds(1))
        let after = try await PlaceCall(world.context)(world.request()).call
        #expect(before.ratePerMinuteMinor == 300 && after.ratePerMinuteMinor == 240)
        #expect(try await world.read(before).call.ratePerMinuteMinor == 300)
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
        var values: [T] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
