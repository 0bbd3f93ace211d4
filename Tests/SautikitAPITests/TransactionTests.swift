import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// What moved the wallet, as the customer reads it.
@Suite struct TransactionTests {
    static let path = "/v1/wallet/transactions"

    /// A number's rental, two calls, a credit of the operator's and a payment to the Paybill, a minute apart.
    private func fill(_ world: APIWorld) async throws -> [Call] {
        try await world.claimNumber()
        var calls: [Call] = []
        for seconds in [47, 60] {
            world.clock.advance(by: .seconds(60))
            let call = try await world.placeCall()
            try await world.answer(call)
            world.clock.advance(by: .seconds(seconds))
            let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
            calls.append(try await SettleCall(world.context)(callID: call.id, ending: ending))
        }
        world.clock.advance(by: .seconds(60))
        try await credit(world, 5_00, "gift")
        return calls
    }

    private func credit(_ world: APIWorld, _ minor: Int64, _ key: String) async throws {
        try await CreditWallet(world.context)(
            workspaceID: world.workspaceID,
            amountMinor: minor,
            key: key,
            description: "Goodwill"
        )
    }

    private func ids(_ rows: [JSONValue]) -> [String] { rows.compactMap { $0["id"]?.stringValue } }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eachRowNamesWhatItBelongsToAndTheBalancesChain(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let calls = try await fill(world)
        let other = try await CreateWorkspace(world.context)(
            name: "Other",
            email: "o@example.com",
            creditMinor: 77_00
        )
        try await world.serving { client in
            let page = try await world.ask(client, .get, Self.path)
            let rows = page.json["data"]?.elements ?? []
            #expect(page.json["next_cursor"] == .null)
            #expect(
                rows.map { $0["type"] } == ["credit", "call_charge", "call_charge", "number_rental", "credit"]
            )
            #expect(rows.map { $0["direction"] } == ["credit", "debit", "debit", "debit", "credit"])
            #expect(rows.map { $0["amount_minor"] } == [500, 300, 235, 1546, 100_000])
            #expect(rows[1]["reference"]?["id"]?.stringValue == calls[1].id.rendered(prefix: "call"))
            #expect(rows.map { $0["reference"]?["kind"] } == [.null, "call", "call", "number", .null])
            var balance: Int64 = 0
            for row in rows.reversed() {
                let amount = try #require(row["amount_minor"]?.integer)
                balance += row["direction"] == "debit" ? -amount : amount
                #expect(row["balance_after_minor"] == .integer(balance))
            }
            #expect(try await world.ask(client, .get, "/v1/wallet").json["balance_minor"] == .integer(balance))
            let theirs = try await world.ask(client, .get, Self.path, key: other.apiKey)
            #expect(theirs.json["data"]?.elements.map { $0["amount_minor"] } == [7700])
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func pagesStayAsTheyAreWhileMoreComes(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        for number in 0..<7 { try await credit(world, 1_00, "\(number)") }
        try await world.serving { client in
            let whole = ids(try await world.ask(client, .get, Self.path).json["data"]?.elements ?? [])
            #expect(whole.count == 8)
            var found: [String] = []
            var cursor: String?
            repeat {
                let suffix = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try await world.ask(client, .get, "\(Self.path)?limit=3\(suffix)")
                found += ids(page.json["data"]?.elements ?? [])
                cursor = page.json["next_cursor"]?.stringValue
                // A clock that steps back changes nothing: what is new is on top.
                world.clock.advance(by: .seconds(-3600))
                try await credit(world, 1_00, "while \(found.count)")
            } while cursor != nil
            #expect(found == whole)
            let uuid = try #require(Identifier(parsing: whole[3])).uuidString
            let rest = try await world.ask(client, .get, "\(Self.path)?cursor=\(uuid)")
            #expect(ids(rest.json["data"]?.elements ?? []) == Array(whole[4...]))
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func everyFilterLeavesWhatItNames(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let start = world.clock.now()
        let calls = try await fill(world)
        let end = world.clock.now()
        let middle = start + .seconds(60 + 47)
        let call = calls[0].id
        let cases: [(String, [Int64])] = [
            ("type=call_charge", [300, 235]), ("type=number_rental", [1546]), ("type=topup", []),
            ("type=reversal", []), ("type=credit", [500, 100_000]), ("direction=credit", [500, 100_000]),
            ("direction=debit", [300, 235, 1546]), ("direction=debit&type=credit", []),
            ("reference=\(call.uuidString)", [235]), ("reference=\(call.rendered(prefix: "call"))", [235]),
            ("reference=CA\(call.hexUpper)", [235]), ("reference=\(calls[1].id.uuidString)", [300]),
            ("reference=\(world.workspaceID.uuidString)", []), ("from=\(end.rfc3339)", [500]),
            ("to=\(end.rfc3339)", [300, 235, 1546, 100_000]), ("from=\(middle.rfc3339)", [500, 300, 235]),
            ("to=\(middle.rfc3339)", [1546, 100_000]), ("from=\(end.rfc3339)&to=\(start.rfc3339)", []),
            ("limit=1", [500]), ("type=&direction=&reference=&limit=", [500, 300, 235, 1546, 100_000]),
        ]
        try await world.serving { client in
            let rentals = try await world.ask(client, .get, "\(Self.path)?type=number_rental").json["data"]?.elements
            let number = try #require(rentals?.first?["reference"]?["id"]?.stringValue)
            #expect(number.hasPrefix("num_"))
            for (query, amounts) in cases + [("reference=\(number)", [1546])] {
                let rows = try await world.ask(client, .get, "\(Self.path)?\(query)").json["data"]?.elements ?? []
                #expect(rows.compactMap { $0["amount_minor"]?.integer } == amounts, "\(query)")
            }
        }
    }

    @Test(arguments: [
        "type=suspense", "direction=up", "reference=me", "from=never", "to=later", "cursor=x", "limit=0", "limit=101",
    ])
    func whatIsWrongIsNamed(_ query: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .get, "\(Self.path)?\(query)")
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["field"]?.stringValue == query.split(separator: "=").first.map(String.init))
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTopupIsTiedToItsTransaction(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let account = try await ReadTopups(world.context).page(.init(), workspaceID: world.workspaceID).account
        var news = PaymentNews(
            .paybill,
            receipt: "UKL1AB2CD3",
            amountMinor: 250_00,
            occurredAt: world.clock.now(),
            isTest: false
        )
        news.account = account
        _ = try await TakePaybillPayment(world.context)(news)
        try await world.serving { client in
            let topups = try await world.ask(client, .get, "/v1/topups").json["data"]?.elements ?? []
            let id = try #require(topups.first?["id"]?.stringValue)
            let rows = try await world.ask(client, .get, "\(Self.path)?reference=\(id)").json["data"]?.elements ?? []
            #expect(rows.map { $0["type"] } == ["topup"])
            #expect(rows.first?["reference"]?["kind"] == "topup")
            #expect(rows.first?["reference"]?["id"]?.stringValue == id)
            #expect(rows.first?["amount_minor"] == 25_000)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func everythingIsExportedWhateverItsNumber(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        for number in 0..<205 {
            try await CreditWallet(world.context)(
                workspaceID: world.workspaceID,
                amountMinor: 1_00,
                key: "\(number)",
                description: #"=cmd|"a",b"#
            )
        }
        try await world.claimNumber()
        try await world.serving(.live) { client in
            let csv = try await world.send(client, .get, "\(Self.path)/export")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.headers[.contentDisposition] == #"attachment; filename="transactions.csv""#)
            let lines = String(decoding: csv.bytes, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines.count == 209)
            #expect(
                lines[0] == "id,type,direction,amount_minor,balance_after_minor,currency,description,"
                    + "reference_kind,reference_id,created_at,reverses"
            )
            #expect(lines[1].contains(",number_rental,debit,1546,118954,KES,"))
            #expect(lines[1].contains(",number,num_"))
            #expect(lines[2].contains(#",credit,credit,100,120500,KES,"'=cmd|""a"",b",,,2026-"#))
            let json = try await world.send(client, .get, "\(Self.path)/export?format=ndjson&type=credit&limit=0")
            let rows = try String(decoding: json.bytes, as: UTF8.self).split(separator: "\n").map {
                try JSONValue(parsing: Data($0.utf8))
            }
            #expect(Set(ids(rows)).count == 206)
            let page = try await world.ask(client, .get, "\(Self.path)?type=credit&limit=100")
            #expect(page.json["data"]?.elements == Array(rows.prefix(100)))
            let wrong = try await world.ask(client, .get, "\(Self.path)/export?format=xml")
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "format")
        }
    }
}
