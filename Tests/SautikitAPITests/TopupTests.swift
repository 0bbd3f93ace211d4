import HTTPTypes
import HummingbirdTesting
import Platform
import TestSupport
import Testing
import WebSupport

@Suite struct TopupTests {
    private static let body =
        #"{"provider": "mpesa", "amount_minor": 500000, "currency": "KES", "phone_e164": "+254722000001"}"#

    /// The seed's own request.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aTopupIsAskedForReadAndListed(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/topups", Self.body)
            #expect(made.status == 201 && made.json["status"] == "pending")
            #expect(made.json["amount_minor"] == 500_000 && made.json["phone_e164"] == "+254722000001")
            let id = try #require(made.json["topup_id"]?.stringValue)
            #expect(made.json["mpesa_account_ref"]?.stringValue?.hasPrefix("TS-") == true)
            let read = try await world.ask(client, .get, "/v1/topups/\(id)")
            #expect(read.json == made.json)
            let list = try await world.ask(client, .get, "/v1/topups?status=pending&limit=1")
            #expect(list.json["data"]?.elements == [made.json])
            #expect(try await world.ask(client, .get, "/v1/topups?status=confirmed").json["data"] == [])
            let second = try await world.ask(client, .post, "/v1/topups", Self.body)
            #expect(second.status == 409 && second.json["error"]?["code"] == "topups.already_pending")
            #expect(try await world.ask(client, .get, "/v1/topups/top_7zzzzzzzzzzzzzzzzzzzzzzzzz").status == 404)
        }
    }

    @Test func everyWrongFieldIsNamed() async throws {
        let world = try await APIWorld()
        let cases = [
            (#"{"phone_e164": "+254722000001"}"#, "amount_minor"), (#"{"amount_minor": 10000}"#, "phone_e164"),
            (#"{"amount_minor": "10000", "phone_e164": "+254722000001"}"#, "amount_minor"),
            (#"{"amount_minor": 10050, "phone_e164": "+254722000001"}"#, "amount_minor"),
            (#"{"amount_minor": 10000, "phone_e164": "+4479460000"}"#, "phone_e164"),
            (#"{"amount_minor": 10000, "phone_e164": 254722000001}"#, "phone_e164"),
            (#"{"amount_minor": 10000, "phone_e164": "0722000001", "provider": "cash"}"#, "provider"),
            (#"{"amount_minor": 10000, "phone_e164": "0722000001", "currency": "USD"}"#, "currency"),
        ]
        try await world.serving { client in
            for (body, field) in cases {
                let answer = try await world.ask(client, .post, "/v1/topups", body)
                #expect(answer.status == 400 && answer.json["error"]?["field"] == .string(field), "\(body)")
            }
            #expect(try await world.ask(client, .get, "/v1/topups?status=paid").json["error"]?["field"] == "status")
            #expect(try await world.ask(client, .get, "/v1/topups").json["data"] == [])
        }
    }
}
