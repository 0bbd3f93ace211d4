import HTTPTypes
import HummingbirdTesting
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Prices, rates and refunds, as customers read them.
@Suite struct PricingTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsAnnouncedIsShownWithItsDate(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let from = try #require(world.context.settings.moment(of: "2026-08-01"))
        var change = PriceChange()
        (change.numberMonthlyMinor, change.storagePerGBMonthMinor) = (120_50, 250)
        _ = try await SetPrices(world.context)(change, from: from)
        try await world.serving { client in
            let before = try await world.ask(client, .get, "/v1/public/pricing", key: "none")
            #expect(before.status == 200 && before.json["number_monthly_kes"] == 100)
            let upcoming = before.json["upcoming"]?.elements ?? []
            #expect(upcoming.count == 1 && upcoming.first?["effective_from"] == "2026-07-31T21:00:00Z")
            #expect(upcoming.first?["announced_at"] == "2026-06-27T10:00:00Z")
            #expect(upcoming.first?["number_monthly_kes"]?.minorUnits == 120_50)
            #expect(upcoming.first?["recording_per_gb_month_kes"]?.minorUnits == 250)
            let rental = try await world.ask(client, .get, "/v1/numbers/available").json["available"]?.elements.first
            #expect(rental?["monthly_price_minor"] == 10_000)
            world.clock.advance(by: from - world.clock.now())
            let after = try await world.ask(client, .get, "/v1/public/pricing", key: "none")
            #expect(after.json["number_monthly_kes"]?.minorUnits == 120_50 && after.json["upcoming"] == [])
            #expect(after.json["updated_at"] == "2026-07-31T21:00:00Z")
            let claimed = try await world.ask(client, .post, "/v1/numbers", #"{"number": "+254200000002"}"#)
            #expect(claimed.json["charge"]?["net_minor"] == 12_050 && claimed.json["monthly_price_minor"] == 12_050)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNumbersRateIsShownWithItsVAT(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let cheaper = Rate(prefix: "256", country: "UG", destination: "Uganda", perMinuteMinor: 1000)
        let header = try await ImportRates(world.context)([cheaper], from: nil)
        try await world.serving { client in
            for query in ["%2B256772123456", "+256772123456", "256772123456", "+256-772.123.456"] {
                let answer = try await world.ask(client, .get, "/v1/rates?to=\(query)")
                #expect(answer.status == 200 && answer.json["to"] == "+256772123456", "\(query)")
                #expect(answer.json["prefix"] == "2567" && answer.json["country"] == "UG")
                #expect(answer.json["destination"] == "Uganda, mobile" && answer.json["currency"] == "KES")
                #expect(answer.json["net_per_min_minor"] == 1552 && answer.json["vat_per_min_minor"] == 248)
                #expect(answer.json["total_per_min_minor"] == 1800 && answer.json["vat_basis_points"] == 1600)
                let next = answer.json["upcoming"]?.elements.first
                #expect(next?["total_per_min_minor"] == 1000 && next?["prefix"] == "256")
                #expect(next?["effective_from"]?.stringValue == header.effectiveAt.rfc3339Seconds)
            }
            let kenya = try await world.ask(client, .get, "/v1/rates?to=0712345678").json
            #expect(kenya["total_per_min_minor"] == 300 && kenya["prefix"] == "254" && kenya["upcoming"] == [])
            let refusals = [
                ("", 400, "request.invalid"), ("?to=", 400, "request.invalid"), ("?to=256", 400, "request.invalid"),
                ("?to=%00", 400, "request.invalid"), ("?to=999", 400, "calls.destination_refused"),
                ("?to=%2B881612345678", 404, "rates.not_found"),
            ]
            for (query, status, code) in refusals {
                let answer = try await world.ask(client, .get, "/v1/rates\(query)")
                #expect(answer.status == status && answer.json["error"]?["code"]?.stringValue == code, "\(query)")
                #expect(answer.json["error"]?["field"] == "to")
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCallWithoutARateIsRefused(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let body = #"{"from": "+254200000001", "to": "+22670123456"}"#
            let answer = try await world.ask(client, .post, "/v1/calls", body)
            #expect(answer.status == 403 && answer.json["error"]?["code"] == "calls.no_rate")
            #expect(answer.json["error"]?["field"] == "to")
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRefundIsTiedToItsChargeAndItsCall(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        let call = try await world.placeCall()
        try await world.answer(call)
        world.clock.advance(by: .seconds(60))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        _ = try await SettleCall(world.context)(callID: call.id, ending: ending)
        let path = "/v1/wallet/transactions"
        try await world.serving { client in
            let charge = try await world.ask(client, .get, "\(path)?type=call_charge").json["data"]?.elements.first
            let id = try #require(charge?["id"]?.stringValue)
            let entry = try #require(Identifier(parsing: id))
            _ = try await RefundCharge(world.context)(entry, amountMinor: 120, key: "k", reason: "Nobody was heard")
            _ = try await ReleaseNumber(world.context)(APIWorld.number, workspaceID: world.workspaceID)
            let rows = try await world.ask(client, .get, "\(path)?type=reversal").json["data"]?.elements ?? []
            #expect(rows.map { $0["reference"]?["kind"] } == ["number", "call"])
            #expect(rows.map { $0["direction"] } == ["credit", "credit"])
            let refund = try #require(rows.last)
            #expect(refund["reverses"]?.stringValue == id && refund["amount_minor"] == 120)
            #expect(refund["reference"] == charge?["reference"])
            #expect(refund["description"] == "Refund: Nobody was heard")
            let rental = try await world.ask(client, .get, "\(path)?type=number_rental").json["data"]?.elements.first
            #expect(rows.first?["reverses"] == rental?["id"] && rows.first?["reference"] == rental?["reference"])
            for reference in [call.id.rendered(prefix: "call"), id] {
                let found = try await world.ask(client, .get, "\(path)?reference=\(reference)&type=reversal")
                #expect(found.json["data"] == [refund], "\(reference)")
            }
            let file = try await world.send(client, .get, "\(path)/export?type=reversal")
            let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.count == 3 && lines[2].hasSuffix(",\(id)") && lines[2].contains(",call,call_"))
        }
    }
}
