import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// A number's routing, its days, and its end.
@Suite struct ReleaseTests {
    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    /// A clock that shows an hour of Nairobi: three hours east of UTC.
    private func nairobi(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text + "+03:00"))
    }

    @Test(arguments: [
        ("2026-06-01T00:00:00", 30, 30, 10_000), ("2026-06-30T23:59:59", 1, 30, 333),
        ("2026-11-21T12:00:00", 10, 30, 3333), ("2028-02-29T08:00:00", 1, 29, 345),
        ("2026-12-31T23:59:59", 1, 31, 323), ("2027-01-01T00:00:00", 31, 31, 10_000),
    ])
    func daysAreCountedInNairobi(_ text: String, _ days: Int64, _ whole: Int64, _ net: Int64) throws {
        let moment = try nairobi(text)
        let month = CivilMonth(containing: moment, offset: .seconds(3 * 3600))
        #expect(month.daysLeft(at: moment) == days && month.dayCount == whole)
        #expect(month.start <= moment && moment < month.end)
        #expect(Rating.share(of: 10_000, part: days, whole: whole) == net)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aReleasedNumberIsPaidBackAndClaimableAnew(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let call = try await PlaceCall(world.context)(world.request()).call
        let before = try await world.balance()
        let released = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        // The 27th is used; the 28th to the 30th are not: KES 10.00 and VAT.
        #expect(released.refund.days == 3 && released.refund.totalMinor == 11_60)
        #expect(try await world.balance() == before + 11_60)
        #expect(released.number.status == .released)
        #expect(try await ListNumbers(world.context).owned(by: world.workspace.id).isEmpty)
        let again = await code {
            _ = try await ReleaseNumber(world.context)(
                released.number.id.uuidString,
                workspaceID: world.workspace.id
            )
        }
        #expect(again == .numberNotAssigned)
        #expect(await code { _ = try await PlaceCall(world.context)(world.request()) } == .numberNotOwned)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com", creditMinor: 100_00)
        let claimed = try await ClaimNumber(world.context)(
            workspaceID: other.workspace.id,
            wanted: .e164(World.number)
        )
        #expect(claimed.number.id != released.number.id, "the next owner shares nothing with the last")
        #expect(try await world.read(call).call.numberID == released.number.id)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyReleasesOneIsPaidBack(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let before = try await world.balance()
        let done = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
                        return true
                    } catch {
                        return ![.numberNotAssigned, .numberNotFound].contains((error as? PlatformError)?.code)
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
        #expect(try await world.balance() == before + 11_60)
        #expect(try await ListNumbers(world.context).available().map(\.e164) == [World.number, "+254200000002"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRoutingChangesInPart(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let route = RouteNumber(world.context)
        let changed = try await route(World.number, workspaceID: world.workspace.id) { routing in
            routing.voiceCallbackURL = "https://acme.example/voice"
            routing.fallbackURL = "https://acme.example/plan-b"
        }
        #expect(changed.voiceCallbackURL == "https://acme.example/voice")
        #expect(changed.eventsURL == "https://acme.example/events", "what was not changed stays")
        let cleared = try await route(changed.id.uuidString, workspaceID: world.workspace.id) { $0.eventsURL = nil }
        #expect(cleared.eventsURL == nil && cleared.fallbackURL == "https://acme.example/plan-b")
        let bad = await code {
            _ = try await route(World.number, workspaceID: world.workspace.id) { $0.fallbackURL = "ftp://x" }
        }
        #expect(bad == .requestInvalid)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        #expect(await code { _ = try await route(World.number, workspaceID: other.id) { _ in } } == .numberNotFound)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNewSecretSignsWhatGoesOutFromNowOn(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        _ = try await RouteNumber(world.context)(World.number, workspaceID: world.workspace.id) {
            $0.signingSecret = "whsec_a_new_one_of_their_own"
        }
        let deliveries = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(deliveries.map(\.secrets) == [["whsec_a_new_one_of_their_own"]])
    }
}
