import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Pages: nothing is shown twice and nothing is missed, whatever is added between two of them.
@Suite struct PageTests {
    private struct Listing: Sendable {
        let path: String
        let field: String
        let name: String
        /// Adds one more.
        let add: @Sendable (APIWorld, Int) async throws -> Void
    }

    private static let listings = [
        Listing(path: "/v1/calls", field: "data", name: "id") { world, _ in _ = try await world.placeCall() },
        Listing(path: "/v1/events", field: "data", name: "event_id") { world, _ in _ = try await world.placeCall() },
        Listing(path: "/v1/audit", field: "data", name: "id") { world, index in
            _ = try await CreateKey(world.context)(workspaceID: world.workspaceID, KeyWish(name: "\(index)"))
        },
        Listing(path: "/v1/port-requests", field: "data", name: "id") { world, index in
            _ = try await CreatePortRequest(world.context)(
                workspaceID: world.workspaceID,
                .init(
                    direction: .in,
                    numbers: ["+25420111\(1000 + index)"],
                    carrier: "Other",
                    accountHolder: "Acme"
                )
            )
        },
        Listing(path: "/v1/numbers/available", field: "available", name: "id") { world, index in
            _ = try await AddNumbers(world.context)(["+25420222\(1000 + index * 7 % 30)"])
        },
    ]

    @Test(arguments: TestDatabase.Engine.allCases)
    func cursorsSurviveInserts(engine: TestDatabase.Engine) async throws {
        for listing in Self.listings {
            let world = try await APIWorld(engine)
            try await world.claimNumber()
            for index in 0..<10 { try await listing.add(world, index) }
            // Events are shown when they have settled.
            world.clock.advance(by: .seconds(3))
            try await world.serving { client in
                let before = Set(try await page(world, client, listing, "limit=100").names)
                #expect(before.count >= 10, "\(listing.path)")
                var (seen, cursor, round): ([String], String?, Int) = ([], nil, 10)
                repeat {
                    let found = try await page(
                        world,
                        client,
                        listing,
                        "limit=3" + (cursor.map { "&cursor=\($0)" } ?? "")
                    )
                    seen += found.names
                    cursor = found.names.isEmpty ? nil : found.cursor
                    if round < 16 { try await listing.add(world, round) }
                    world.clock.advance(by: .seconds(3))
                    round += 1
                } while cursor != nil && round < 40
                #expect(Set(seen).count == seen.count, "\(listing.path) shows something twice")
                #expect(before.isSubset(of: Set(seen)), "\(listing.path) misses something")
            }
        }
    }

    private func page(
        _ world: APIWorld,
        _ client: any TestClientProtocol,
        _ listing: Listing,
        _ query: String
    ) async throws -> (names: [String], cursor: String?) {
        let answer = try await world.ask(client, .get, "\(listing.path)?\(query)")
        guard answer.status == 200, case .array(let rows)? = answer.json[listing.field] else {
            Issue.record("\(answer.json)")
            return ([], nil)
        }
        var cursor: String?
        if case .string(let text)? = answer.json["next_cursor"] { cursor = text }
        return (rows.map { $0[listing.name]?.text ?? "" }, cursor)
    }
}
