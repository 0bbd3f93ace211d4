import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import Testing

/// Answers have all that the documents and the official SDK read (facts sections 7, 10, 11 and 13), each of its type.
@Suite struct ShapeTests {
    @Test func numbersHaveWhatClientsRead() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let inventory = try await world.ask(client, .get, "/v1/numbers/available")
            #expect(
                try JSONShape.differences(
                    inventory.json,
                    from: """
                        {"available": [{"inventory_id": "num_1", "id": "num_1", "e164": "+254200000001",
                          "number": "+254200000001", "country": "ke", "capabilities": ["voice"],
                          "monthly_price_minor": 10000, "currency": "KES", "inbound_per_min_minor": 0,
                          "outbound_per_min_minor": 300}]}
                        """
                ) == []
            )
            let claimed = try await world.ask(
                client,
                .post,
                "/v1/numbers",
                #"{"number": "+254200000001", "voice_callback_url": "https://yourapp.example.com/voice"}"#
            )
            #expect(
                try JSONShape.differences(
                    claimed.json,
                    from: """
                        {"id": "num_01j00000000000000000000001", "number": "+254200000001", "country": "ke",
                         "status": "active", "voice_callback_url": "https://yourapp.example.com/voice",
                         "monthly_rate_kes": 100, "provisioned_at": "2026-06-27T10:00:00Z", "currency": "KES",
                         "monthly_price_minor": 10000, "created_at": "2026-06-27T10:00:00Z"}
                        """
                ) == []
            )
            let own = try await world.ask(client, .get, "/v1/numbers")
            #expect(
                try JSONShape.differences(
                    own.json,
                    from: """
                        {"numbers": [{"id": "num_1", "e164": "+254200000001", "country_iso2": "KE", "status": "active",
                          "monthly_retail_minor": 10000, "currency": "KES", "inbound_per_min_minor": 0,
                          "outbound_per_min_minor": 300, "claimed_at": "2026-06-27T10:00:00.000Z",
                          "capabilities": ["voice"], "voice_callback_url": "https://a.example", "events_url": null}]}
                        """
                ) == []
            )
        }
    }

    @Test func callsHaveWhatTheOfficialClientReads() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let call = try await world.placeCall()
        try await world.answer(call)
        world.clock.advance(by: .seconds(47))
        try await SettleCall(world.context)(
            callID: call.id,
            ending: CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        )
        try await world.serving { client in
            let found = try await world.ask(client, .get, "/v1/calls/\(call.id.rendered(prefix: "call"))")
            #expect(
                try JSONShape.differences(
                    found.json,
                    from: """
                        {"call": {"id": "call_1", "workspace_id": "uuid", "session_id": "HD_24d73b4518bc",
                          "direction": "outbound", "local_e164": "+254200000001", "remote_e164": "+254712345678",
                          "country": "KE", "started_at": "ts", "answered_at": "ts", "ended_at": "ts",
                          "duration_seconds": 47, "status": "completed", "cost_minor": 235, "cost_currency": "KES",
                          "rate_per_minute_minor": 300, "failure_code": null, "metadata": {}, "created_at": "ts",
                          "updated_at": "ts", "events": [{"id": "uuid", "call_id": "call_1", "kind": "call.started",
                          "payload": {}, "occurred_at": "ts", "created_at": "ts"}]}, "session_id": "HD_24d73b4518bc"}
                        """
                ) == []
            )
            #expect(found.json["call"]?["duration_seconds"] == 47 && found.json["call"]?["cost_minor"] == 235)
            #expect(found.json["call"]?["failure_code"] == .null && found.json["call"]?["status"] == "completed")
            let wallet = try await world.ask(client, .get, "/v1/wallet/balance")
            #expect(
                try JSONShape.differences(
                    wallet.json,
                    from: """
                        {"workspace_id": "uuid", "balance_minor": 88165, "currency": "KES",
                         "low_balance_threshold_minor": 0}
                        """
                ) == []
            )
            #expect(wallet.json["balance_minor"] == 98_219)
        }
    }

    @Test func pricesAreWrittenAsInTheSeed() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let bytes = try await world.send(client, .get, "/v1/public/pricing").bytes
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("\"number_monthly_kes\":100,"))
            #expect(text.contains("\"outbound_per_min_kes\":3.00,"))
            #expect(text.contains("\"inbound_per_min_kes\":0.00,"))
            #expect(text.contains("\"recording_free_gb\":5,"))
        }
    }
}
