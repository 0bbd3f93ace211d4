import HTTPTypes
import HummingbirdTesting
import Platform
import TestSupport
import Testing
import WebSupport

/// Claiming numbers: every wrong field, every path, and once.
@Suite struct ClaimTests {
    static let badClaims: [(body: String, status: Int, code: String, field: String)] = [
        (#"{}"#, 400, "request.invalid", "number"), (#"{"number": 254200000001}"#, 400, "request.invalid", "number"),
        (#"{"number": null}"#, 400, "request.invalid", "number"),
        (#"{"number": ""}"#, 400, "request.invalid", "number"),
        (#"{"number": "nonsense"}"#, 400, "request.invalid", "number"),
        (#"{"number": "+254200000001\u0000"}"#, 400, "request.invalid", "number"),
        (#"{"number": "+254299999999"}"#, 404, "numbers.not_found", "number"),
        (#"{"inventory_id": "x"}"#, 400, "request.invalid", "inventory_id"),
        (#"{"inventory_id": 7}"#, 400, "request.invalid", "inventory_id"),
        (#"{"number": "+254200000001", "voice_callback_url": 1}"#, 400, "request.invalid", "voice_callback_url"),
        (
            #"{"number": "+254200000001", "voice_callback_url": "ftp://a.example"}"#, 400, "request.invalid",
            "voice_callback_url"
        ),
        (
            #"{"number": "+254200000001", "voice_callback_url": "https://u:p@a.example"}"#, 400, "request.invalid",
            "voice_callback_url"
        ),
        (#"{"number": "+254200000001", "events_url": ["https://a.example"]}"#, 400, "request.invalid", "events_url"),
        (
            #"{"number": "+254200000001", "events_url": "https://a.example/\u0000"}"#, 400, "request.invalid",
            "events_url"
        ),
        (
            #"{"number": "+254200000001", "voice_signing_secret": "short"}"#, 400, "request.invalid",
            "voice_signing_secret"
        ),
        (#"{"number": "+254200000001", "voice_signing_secret": {}}"#, 400, "request.invalid", "voice_signing_secret"),
    ]

    @Test(arguments: TestDatabase.Engine.allCases)
    func everyWrongFieldIsNamedAndNothingIsWritten(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            for (body, status, code, field) in Self.badClaims {
                let answer = try await world.ask(client, .post, "/v1/numbers", body)
                #expect(answer.status == status, "\(body)")
                #expect(answer.json["error"]?["code"] == .string(code), "\(body)")
                #expect(answer.json["error"]?["field"] == .string(field), "\(body)")
            }
            #expect(try await world.ask(client, .get, "/v1/numbers").json["numbers"] == [])
            #expect(try await world.ask(client, .get, "/v1/wallet").json["balance_minor"] == 100_000)
        }
    }

    @Test func allFaultsAreToldAtOnce() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let claim = try await world.ask(
                client,
                .post,
                "/v1/numbers",
                #"{"number": "x", "voice_callback_url": "y", "events_url": 1, "voice_signing_secret": "z"}"#
            )
            #expect(
                Self.fields(of: claim.json) == ["events_url", "number", "voice_callback_url", "voice_signing_secret"]
            )
            let call = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "x", "to": "y", "caller_id": "z", "ring_timeout_seconds": 1, "client_request_id": "", "control": "mcp"}"#
            )
            #expect(
                Self.fields(of: call.json) == [
                    "control", "from", "to", "caller_id", "client_request_id", "ring_timeout_seconds",
                ]
            )
        }
    }

    @Test(arguments: ["/v1/numbers/claim", "/v1/numbers/available/claim", "/v1/numbers"])
    func aNumberIsClaimedByItsInventoryID(path: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let id = try await Self.firstInventoryID(world, client)
            let claimed = try await world.ask(client, .post, path, "{\"inventory_id\": \"\(id)\"}")
            #expect(claimed.status == 201 && claimed.json["number"] == "+254200000001")
        }
    }

    @Test func aNumberIsClaimedByItsPath() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let id = try await Self.firstInventoryID(world, client)
            let keyed: HTTPFields = [.idempotencyKey: "claim-1"]
            let first = try await world.ask(client, .post, "/v1/numbers/\(id)/claim", headers: keyed)
            let again = try await world.ask(client, .post, "/v1/numbers/\(id)/claim", headers: keyed)
            #expect(first.status == 201 && first.json == again.json && again.headers[.idempotentReplay] == "true")
            let unknown = try await world.ask(client, .post, "/v1/numbers/unknown/claim")
            #expect(unknown.status == 400 && unknown.json["error"]?["field"] == "inventory_id")
            #expect(try await world.ask(client, .get, "/v1/wallet").json["balance_minor"] == 98_454)
        }
    }

    private static func firstInventoryID(_ world: APIWorld, _ client: any TestClientProtocol) async throws -> String {
        let inventory = try await world.ask(client, .get, "/v1/numbers/available?limit=1")
        guard case .array(let items)? = inventory.json["available"],
            case .string(let id)? = items.first?["inventory_id"]
        else { throw PlatformError(.numberNotFound, "the inventory is empty") }
        return id
    }

    private static func fields(of json: JSONValue) -> [JSONValue] {
        guard case .array(let errors)? = json["error"]?["errors"] else { return [] }
        return errors.compactMap { $0["field"] }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theInventoryIsFilteredAndPaged(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        _ = try await AddNumbers(world.context)(["+254709221501", "+254709221502", "+256312000001"])
        let cases: [(query: String, count: Int)] = [
            ("", 5), ("country=ke", 4), ("country=UG", 0), ("prefix=%2B25470", 2), ("prefix=+25470", 2),
            ("prefix=25470", 2), ("contains=2215", 2), ("contains=00000", 3), ("contains=9999", 0),
            ("capability=voice", 5), ("capability=sms", 0), ("capability=voice,sms", 0), ("currency=KES", 5),
            ("currency=UGX", 0), ("country=ke&contains=01&limit=1", 1),
        ]
        try await world.serving { client in
            for (query, count) in cases {
                let answer = try await world.ask(client, .get, "/v1/numbers/available?\(query)")
                guard case .array(let items)? = answer.json["available"] else {
                    Issue.record("\(query): \(answer.json)")
                    continue
                }
                #expect(items.count == count, "\(query)")
            }
            var seen: [JSONValue] = []
            var cursor = ""
            while true {
                let page = try await world.ask(client, .get, "/v1/numbers/available?limit=2\(cursor)")
                guard case .array(let items)? = page.json["available"] else { break }
                seen += items.compactMap { $0["e164"] }
                // A number that is claimed meanwhile leaves no gap and no repetition.
                if seen.count == 2 { try await world.claimNumber() }
                guard case .string(let next)? = page.json["next_cursor"] else { break }
                cursor = "&cursor=\(next)"
            }
            #expect(seen.count == 5 && Set(seen.map(\.text)).count == 5)
            for query in ["contains=x", "prefix=2%25", "cursor=x", "limit=0"] {
                let bad = try await world.ask(client, .get, "/v1/numbers/available?\(query)")
                #expect(bad.status == 400, "\(query)")
            }
        }
    }
}
