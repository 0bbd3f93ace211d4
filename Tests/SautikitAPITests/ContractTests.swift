import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// The seed's examples, key by key and type by type.
@Suite struct ContractTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aNumberIsFoundAndClaimedAsInTheSeed(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let inventory = try await world.ask(client, .get, "/v1/numbers/available?country=ke&limit=5")
            #expect(inventory.status == 200)
            guard case .array(let items)? = inventory.json["available"] else {
                Issue.record("\(inventory.json)")
                return
            }
            #expect(
                items.count == 2 && items[0]["e164"] == "+254200000001" && items[0]["monthly_price_minor"] == 10_000
            )

            let claimed = try await world.ask(
                client,
                .post,
                "/v1/numbers",
                #"{"number": "+254200000001", "voice_callback_url": "https://yourapp.example.com/voice"}"#
            )
            #expect(claimed.status == 201)
            guard case .string(let id)? = claimed.json["id"] else {
                Issue.record("\(claimed.json)")
                return
            }
            #expect(id.hasPrefix("num_") && id.count == 30)
            let expected: [(String, JSONValue)] = [
                ("number", "+254200000001"), ("country", "ke"), ("status", "active"),
                ("voice_callback_url", "https://yourapp.example.com/voice"), ("monthly_rate_kes", 100),
                ("provisioned_at", "2026-06-27T10:00:00Z"),
            ]
            for (name, value) in expected { #expect(claimed.json[name] == value, "\(name)") }
            let wallet = try await world.ask(client, .get, "/v1/wallet")
            #expect(wallet.json["balance_minor"] == 98_454 && wallet.json["currency"] == "KES")
            let own = try await world.ask(client, .get, "/v1/numbers")
            guard case .array(let numbers)? = own.json["numbers"] else {
                Issue.record("\(own.json)")
                return
            }
            #expect(numbers.map { $0["id"] } == [.string(id)])
            let taken = try await world.ask(client, .post, "/v1/numbers", #"{"number": "+254200000001"}"#)
            #expect(taken.status == 409 && taken.json["error"]?["code"] == "numbers.already_claimed")
        }
    }

    @Test(arguments: ["/v1/calls", "/v1/calls/originate"])
    func aCallIsPlacedAsInTheSeed(path: String) async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let placed = try await world.ask(
                client,
                .post,
                path,
                #"{"from": "+254200000001", "to": ["+254712345678"], "voice_callback_url": "https://yourapp.example.com/call-events", "client_request_id": "order-8842"}"#
            )
            #expect(placed.status == 201)
            let expected: [(String, JSONValue)] = [
                ("status", "initiated"), ("from", "+254200000001"), ("to", "+254712345678"), ("direction", "outbound"),
                ("created_at", "2026-06-27T10:00:00Z"), ("client_request_id", "order-8842"),
            ]
            for (name, value) in expected { #expect(placed.json[name] == value, "\(name)") }
            guard case .string(let id)? = placed.json["id"], case .string(let session)? = placed.json["session_id"],
                let identifier = Identifier(parsing: id)
            else {
                Issue.record("\(placed.json)")
                return
            }
            #expect(id.hasPrefix("call_") && session.hasPrefix("HD_") && session.count == 15)
            for reference in [id, session, identifier.uuidString, "CA" + identifier.hexUpper] {
                let found = try await world.ask(client, .get, "/v1/calls/\(reference)")
                #expect(found.status == 200 && found.json["call"]?["id"] == .string(id))
                #expect(
                    found.json["call"]?["rate_per_minute_minor"] == 300 && found.json["session_id"] == .string(session)
                )
                guard case .array(let events)? = found.json["call"]?["events"] else {
                    Issue.record("no events")
                    return
                }
                #expect(events.first?["kind"] == "call.started")
            }
            let ended = try await world.ask(client, .post, "/v1/calls/\(id)/hangup")
            #expect(ended.status == 200 && ended.json["status"] == "hung_up" && ended.json["call_id"] == .string(id))
            #expect(try await world.ask(client, .post, "/v1/calls/\(id)/hangup").status == 200)
            let page = try await world.ask(client, .get, "/v1/calls?status=canceled&limit=1&q=712345")
            #expect(page.json["next_cursor"] == .null)
            let recording = try await world.ask(client, .get, "/v1/calls/\(id)/recording")
            #expect(recording.status == 404 && recording.json["error"]?["code"] == "calls.recording_not_found")
        }
    }

    @Test func pricingIsTheSeedsAndLimitedByAddress() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .get, "/v1/public/pricing", key: "none")
            #expect(answer.status == 200 && answer.headers[.rateLimitLimit] == "60")
            #expect(
                answer.json
                    == .object([
                        JSONMember("currency", "KES"), JSONMember("inbound_per_min_kes", 0),
                        JSONMember("number_monthly_kes", 100),
                        JSONMember("outbound_per_min_kes", 3), JSONMember("recording_free_gb", 5),
                        JSONMember("sip_per_min_kes", 0), JSONMember("upcoming", []),
                        JSONMember("updated_at", "2026-06-27T00:00:00Z"),
                    ])
            )
            for _ in 0..<59 { _ = try await world.ask(client, .get, "/v1/public/pricing") }
            let refused = try await world.ask(client, .get, "/v1/public/pricing")
            #expect(refused.status == 429 && refused.headers[.retryAfter] == "1")
            world.clock.advance(by: .seconds(1))
            #expect(try await world.ask(client, .get, "/v1/public/pricing").status == 200)
        }
    }

    @Test func pagesFollowEachOther() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        for index in 0..<5 {
            world.clock.advance(by: .seconds(1))
            _ = try await PlaceCall(world.context)(
                CallRequest(workspaceID: world.workspaceID, from: APIWorld.number, to: "+25471234567\(index)")
            )
        }
        try await world.serving { client in
            var seen: [JSONValue] = []
            var cursor = ""
            repeat {
                let page = try await world.ask(client, .get, "/v1/calls?limit=2\(cursor)")
                guard case .array(let calls)? = page.json["data"] else { break }
                seen += calls.compactMap { $0["to"] }
                guard case .string(let next)? = page.json["next_cursor"] else { break }
                cursor = "&cursor=\(next)"
            } while true
            #expect(seen == (0..<5).reversed().map { .string("+25471234567\($0)") })
            for bad in ["limit=0", "limit=101", "limit=x", "status=singing", "cursor=x", "from=yesterday"] {
                let answer = try await world.ask(client, .get, "/v1/calls?\(bad)")
                #expect(
                    answer.status == 400 && answer.json["error"]?["field"] == .string(String(bad.prefix { $0 != "=" }))
                )
            }
        }
    }
}
