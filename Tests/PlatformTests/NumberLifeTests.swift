import Database
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

/// A number's life, and several numbers in one request.
@Suite struct NumberLifeTests {
    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await refusal(body)?.code
    }

    private func refusal(_ body: () async throws -> Void) async -> PlatformError? {
        await #expect(throws: PlatformError.self) { try await body() }
    }

    @Test func onlyTheseThingsHappen() {
        let expected = """
            available claim active
            reserved claim active
            active suspend suspended
            active release released
            active portOut porting
            suspended resume active
            suspended release released
            porting stay active
            porting arrive active
            porting leave released
            """
        var transitions: [String] = []
        for status in NumberStatus.allCases {
            for event in NumberStateMachine.Event.allCases {
                guard let next = NumberStateMachine.next(status, event) else { continue }
                transitions.append("\(status.rawValue) \(event.rawValue) \(next.rawValue)")
            }
        }
        #expect(transitions.joined(separator: "\n") == expected)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSuspendedNumberPlacesNoCallsUntilItIsResumed(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let change = ChangeNumberStatus(world.context)
        #expect(try await change(World.number, isSuspended: true).status == .suspended)
        #expect(try await change(World.number, isSuspended: true).status == .suspended, "again is fine")
        #expect(await code { _ = try await PlaceCall(world.context)(world.request()) } == .numberNotActive)
        #expect(try await change(World.number, isSuspended: false).status == .active)
        _ = try await PlaceCall(world.context)(world.request())
        #expect(await code { _ = try await change("+254200000002", isSuspended: true) } == .numberNotFound)
        let log = try await ReadAudit(world.context)(workspaceID: world.workspace.id).entries
        #expect(log.map(\.action).prefix(2) == [.numberResumed, .numberSuspended])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func severalNumbersAreClaimedTogetherOrNotAtAll(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let more = (10...14).map { "+2542000000\($0)" }
        _ = try await AddNumbers(world.context)(more)
        let (claim, before) = (ClaimNumber(world.context), try await world.balance())
        let taken = await refusal {
            _ = try await claim.several(
                workspaceID: world.workspace.id,
                wanted: (more + [World.number]).map { .e164($0) },
                field: { "numbers[\($0)]" },
                routing: NumberRouting()
            )
        }
        #expect(taken?.code == .numberAlreadyClaimed && taken?.field == "numbers[5]")
        #expect(try await world.balance() == before, "nothing was charged")
        let key = try IdempotencyRequest(key: "batch-1", operation: "POST /v1/numbers", body: Data())
        func claimAll() async throws -> [ClaimNumber.Claimed] {
            try await claim.several(
                workspaceID: world.workspace.id,
                wanted: more.map { .e164($0) },
                field: { "numbers[\($0)]" },
                routing: NumberRouting(eventsURL: "https://acme.example/events"),
                idempotency: key
            )
        }
        let claimed = try await claimAll()
        #expect(claimed.map(\.number.e164) == more && claimed.allSatisfy { $0.number.status == .active })
        #expect(try await world.balance() == before - 5 * World.rentalMinor)
        let again = try await claimAll()
        #expect(again.map(\.signingSecret) == claimed.map(\.signingSecret) && again.allSatisfy(\.isReplay))
        #expect(try await world.balance() == before - 5 * World.rentalMinor)
        let twice = await code {
            _ = try await claim.several(
                workspaceID: world.workspace.id,
                wanted: [.e164("+254200000002"), .e164("0200000002")],
                field: { "numbers[\($0)]" },
                routing: NumberRouting()
            )
        }
        #expect(twice == .requestInvalid)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func overlappingBatchesNeitherShareNorHang(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let numbers = (10...19).map { "+2542000000\($0)" }
        _ = try await AddNumbers(world.context)(numbers)
        let won = await withTaskGroup(of: Int.self) { group in
            for index in 0..<20 {
                group.addTask {
                    let order = index.isMultiple(of: 2) ? numbers : numbers.reversed()
                    let claimed = try? await ClaimNumber(world.context).several(
                        workspaceID: world.workspace.id,
                        wanted: order.map { .e164($0) },
                        field: { "numbers[\($0)]" },
                        routing: NumberRouting()
                    )
                    return claimed?.count ?? 0
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(won.reduce(0, +) == 10 && won.filter { $0 > 0 }.count == 1)
        #expect(try await world.differences() == [])
    }
}
