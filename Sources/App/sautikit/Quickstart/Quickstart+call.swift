import Platform

extension Quickstart {
    /// Places the call, follows it to its end and checks all that it leaves behind.
    func call(from number: String, inbox: WebhookInbox, callbackURL: String) async throws {
        guide.title("Call")
        let before = try await balance()
        let id = try await place(from: number, callbackURL: callbackURL)
        try await followRinging(id)
        try await followAnswer(id)
        try await talk()
        let call = try await hangUp(id)
        try await checkWebhooks(id, inbox)
        try await checkRecording(id)
        try await checkMoney(call, before: before)
    }

    private func place(from number: String, callbackURL: String) async throws -> String {
        let placed = try await api.post(
            "/v1/calls",
            [
                "from": .string(number), "to": .string(to), "voice_callback_url": .string(callbackURL),
                "record": true,
                "actions": [
                    ["play": ["url": .string("tone:\(Self.toneHertz),3000")]], ["pause": ["length": 30]],
                ],
            ]
        )
        guard placed.status == 201, let id = placed.json?["id"]?.stringValue else {
            throw QuickstartFailure(
                expected: "HTTP 201 with the call's id",
                found: placed.summary,
                advice: "the answer's message says why"
            )
        }
        guide.done("Placed a call from \(number) to \(to)", id)
        return id
    }

    private func followRinging(_ id: String) async throws {
        let seen = try await follow(id, within: .seconds(20)) { call in
            ["ringing", "answered", "completed"].contains(call.status)
                && call.events.contains { $0.contains("ringing") }
        }
        guide.done("The phone rings", "timeline: \(seen.events.joined(separator: ", "))")
    }

    private func followAnswer(_ id: String) async throws {
        let call = try await follow(id, within: .seconds(30)) { $0.status == "answered" }
        guide.done("It is answered", call.answeredAt ?? "")
    }

    /// Long enough for the tone to be played and for the other side to speak.
    private func talk() async throws {
        try await Task.sleep(for: .seconds(5))
    }

    private func hangUp(_ id: String) async throws -> CallView {
        let answer = try await api.post("/v1/calls/\(id)/hangup")
        try expect(
            answer.status == 200 && answer.json?["status"]?.stringValue == "hung_up",
            "HTTP 200 with status hung_up",
            answer.summary,
            "GET /v1/calls/\(id) shows the call"
        )
        let call = try await follow(id, within: .seconds(15)) { $0.status == "completed" }
        let seconds = call.durationSeconds ?? 0
        try expect(
            (4...20).contains(seconds),
            "a call of about 5 seconds",
            "\(seconds) seconds",
            "look at the server's log"
        )
        guide.done("Hung up", "after \(seconds) s")
        return call
    }

    private func checkWebhooks(_ id: String, _ inbox: WebhookInbox) async throws {
        guide.title("Webhooks")
        for kind in ["call.started", "call.answered", "call.completed", "call.recording.ready"] {
            guard let arrival = try await inbox.first(kind, callID: id, within: .seconds(15)) else {
                throw QuickstartFailure(
                    expected: "the webhook \(kind) within 15 seconds",
                    found: "none",
                    advice: "the server must allow loopback: --sandbox, or SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS=127.0.0.0/8"
                )
            }
            try expect(
                arrival.isSigned,
                "a right X-Sautikit-Signature on \(kind)",
                "one that does not fit",
                "is this machine's clock right? sautikit doctor"
            )
            try expect(
                arrival.headerEventID == arrival.eventID && !arrival.eventID.isEmpty,
                "X-Sautikit-Event-Id equal to the body's event_id",
                "\(arrival.headerEventID ?? "none") and \(arrival.eventID)",
                "report this as a bug"
            )
            guide.done("\(kind) received, its signature is right", arrival.eventID)
        }
    }

    private func checkMoney(_ call: CallView, before: Int64) async throws {
        guide.title("Money")
        let pricing = try await api.fetch("\(api.baseURL)/v1/public/pricing")
        guard pricing.status == 200, let rate = pricing.json?["outbound_per_min_kes"]?.minorUnits,
            let seconds = call.durationSeconds
        else {
            throw QuickstartFailure(
                expected: "the price list and the call's duration",
                found: pricing.summary,
                advice: "GET /v1/public/pricing"
            )
        }
        let cost = (seconds * rate + 30) / 60
        try expect(
            call.costMinor == cost,
            "\(seconds) s at \(Shillings.text(minor: rate)) a minute = \(Shillings.text(minor: cost))",
            call.costMinor.map(Shillings.text) ?? "no cost_minor",
            "sautikit admin ledger check"
        )
        guide.done(
            "Billed by the second",
            "\(seconds) s at \(Shillings.text(minor: rate)) a minute = \(Shillings.text(minor: cost))"
        )
        let after = try await balance()
        try expect(
            after == before - cost,
            "a balance of \(Shillings.text(minor: before - cost))",
            Shillings.text(minor: after),
            "sautikit admin ledger check"
        )
        guide.done("New balance \(Shillings.text(minor: after))", "was \(Shillings.text(minor: before))")
    }
}
