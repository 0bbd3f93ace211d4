import Database
import Platform
import Primitives
import TestSupport
import Testing

/// What was used, and what it cost.
@Suite struct UsageTests {
    private func sum(
        _ world: World,
        _ from: String,
        _ to: String,
        _ bucket: SumUsage.Bucket
    ) async throws -> [UsageSlot] {
        try await SumUsage(world.context)(
            workspaceID: world.workspace.id,
            from: try #require(Timestamp(rfc3339: from)),
            to: try #require(Timestamp(rfc3339: to)),
            bucket: bucket
        )
    }

    /// The world begins on 27 June at 13:00 of Nairobi with a credit and a claimed number.
    @Test(arguments: TestDatabase.Engine.allCases)
    func daysAndMonthsOfNairobiAreSummed(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let node = world.context.ids.next()
        for _ in 0..<2 {
            let call = try await world.answeredCall(node: node)
            world.clock.advance(by: .seconds(60))
            let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
            _ = try await SettleCall(world.context)(callID: call.id, ending: ending)
            // Past midnight of Nairobi, which is 21:00 UTC.
            world.clock.advance(by: .seconds(11 * 3600))
        }
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        let days = try await sum(world, "2026-06-27T00:00:00+03:00", "2026-06-30T00:00:00+03:00", .day)
        #expect(
            days.map(\.start.rfc3339Seconds) == [
                "2026-06-26T21:00:00Z", "2026-06-27T21:00:00Z", "2026-06-28T21:00:00Z",
            ]
        )
        #expect(days.map(\.calls) == [1, 1, 0] && days.map(\.callSeconds) == [60, 60, 0])
        #expect(days.map(\.callsMinor) == [300, 300, 0])
        #expect(days[0].rentalMinor == World.rentalMinor && days[0].creditedMinor == 1000_00 + World.rentalMinor)
        #expect(days[1].rentalMinor < 0, "the days that were paid back")
        let months = try await sum(world, "2026-05-15T00:00:00Z", "2026-07-02T00:00:00Z", .month)
        #expect(months.map(\.calls) == [0, 2, 0])
        let total = UsageSlot.total(of: months, from: months[0].start)
        #expect(total.creditedMinor - total.spentMinor == (try await world.balance()), "the wallet agrees")
    }

    @Test func aSpanHasBounds() async throws {
        let world = try await World(.sqlite)
        for (from, to) in [
            ("2026-06-27T00:00:00Z", "2026-06-27T00:00:00Z"), ("2025-01-01T00:00:00Z", "2026-06-27T00:00:00Z"),
        ] {
            let refused = await #expect(throws: PlatformError.self) { _ = try await sum(world, from, to, .day) }
            #expect(refused?.field == "from")
        }
    }
}
