import Foundation
import Platform

/// A newcomer's first call, each step checked.
struct Quickstart: Sendable {
    var api: APIClient
    let to: String
    let guide: StepPrinter
    /// Signs the webhooks of the number that is claimed.
    let secret = "whsec_" + UUID().uuidString.lowercased().replacing("-", with: "")
    static let toneHertz = 440

    func run() async throws {
        var tour = self
        let workspace = try await tour.enter()
        try await tour.topUp(workspace)
        let inbox = WebhookInbox(secret: secret)
        let ready = tour
        try await inbox.serving { url in
            let number = try await ready.claimNumber(eventsTo: url)
            try await ready.call(from: number, inbox: inbox, callbackURL: url)
        }
        guide.title("All of it works.")
        StandardOutput.line(
            """
              Your key     \(ready.api.apiKey ?? "")
              Try          curl -H "Authorization: Bearer \(ready.api.apiKey ?? "")" \(api.baseURL)/v1/calls
            """
        )
    }

    /// A fresh workspace of the sandbox, or the one of the given key.
    private mutating func enter() async throws -> String {
        guide.title("Workspace and key")
        let health = try await api.get("/health")
        try expect(health.status == 200, "a healthy server at \(api.baseURL)", health.summary, "sautikit doctor")
        guide.done("The server is up", api.baseURL)
        if api.apiKey == nil {
            let made = try await api.post(
                "/sandbox/workspaces",
                ["name": "Quickstart", "email": "quickstart@example.com"]
            )
            let key = made.json?["api_key"]?.stringValue
            try expect(
                (200...201).contains(made.status) && key != nil,
                "a new workspace from the sandbox",
                made.summary,
                "start the server with --sandbox, or pass --key with a key of your workspace"
            )
            api.apiKey = key
        }
        let wallet = try await wallet()
        guard let id = wallet.json?["workspace_id"]?.stringValue else {
            throw QuickstartFailure(
                expected: "a wallet with its workspace_id",
                found: wallet.summary,
                advice: "is the key right? sautikit admin workspace create makes a new one"
            )
        }
        guide.done("The key opens its workspace", id)
        return id
    }

    private func topUp(_ workspaceID: String) async throws {
        guide.title("Wallet")
        let before = try await balance()
        let amount: Int64 = 50_000
        let answer = try await api.post(
            "/sandbox/topups",
            [
                "workspace_id": .string(workspaceID), "amount_minor": .integer(amount),
                "phone_e164": "+254722000001",
            ]
        )
        if answer.status == 404, before >= amount / 2 {
            guide.done("There is money already", Shillings.text(minor: before))
            return
        }
        try expect(
            (200...202).contains(answer.status),
            "a top-up of \(Shillings.text(minor: amount)) by the sandbox",
            answer.summary,
            "start the server with --sandbox, or credit the workspace before"
        )
        let after = try await Patience.until(within: .seconds(10)) {
            let now = try await self.balance()
            return now == before + amount ? now : nil
        }
        let now = try await balance()
        try expect(
            after != nil,
            "a balance of \(Shillings.text(minor: before + amount))",
            Shillings.text(minor: now),
            "GET /v1/wallet; sautikit admin ledger check"
        )
        guide.done("Topped up by \(Shillings.text(minor: amount))", "balance \(Shillings.text(minor: before + amount))")
    }

    private func claimNumber(eventsTo url: String) async throws -> String {
        guide.title("Number")
        let list = try await api.get("/v1/numbers/available?country=KE&limit=1")
        let first = list.json?["available"]?.elements.first ?? list.json?["data"]?.elements.first
        guard list.status == 200, let number = (first?["number"] ?? first?["e164"])?.stringValue else {
            throw QuickstartFailure(
                expected: "a number to claim",
                found: list.summary,
                advice: "add some: sautikit admin numbers add +254201234567"
            )
        }
        let before = try await balance()
        let claimed = try await api.post(
            "/v1/numbers",
            [
                "number": .string(number), "voice_callback_url": .string(url), "events_url": .string(url),
                "voice_signing_secret": .string(secret),
            ]
        )
        try expect(
            (200...201).contains(claimed.status) && claimed.json?["status"]?.stringValue == "active",
            "\(number) claimed and active",
            claimed.summary,
            "the answer's message says why"
        )
        let rental = before - (try await balance())
        let charge = claimed.json?["charge"]
        let (days, whole) = (charge?["days"]?.integer ?? 0, charge?["days_in_month"]?.integer ?? 0)
        try expect(
            (28...31).contains(whole) && (1...whole).contains(days) && rental == Self.rental(days: days, of: whole),
            "\(days) of the month's \(whole) days charged: their part of KES 100.00, and 16 % VAT",
            Shillings.text(minor: rental),
            "GET /v1/public/pricing"
        )
        let part = days == whole ? "the whole month" : "\(days) of the month's \(whole) days"
        guide.done("Claimed \(number)", "\(part): \(Shillings.text(minor: rental)) with VAT")
        return number
    }

    /// Days of a month at KES 100.00, and the VAT, each rounded half up.
    private static func rental(days: Int64, of whole: Int64) -> Int64 {
        let net = (2 * 100_00 * days + whole) / (2 * whole)
        return net + (net * 16 + 50) / 100
    }

    func balance() async throws -> Int64 {
        let wallet = try await wallet()
        guard let minor = wallet.json?["balance_minor"]?.integer else {
            throw QuickstartFailure(
                expected: "a wallet with balance_minor",
                found: wallet.summary,
                advice: "is the key right? sautikit admin workspace create makes a new one"
            )
        }
        return minor
    }

    private func wallet() async throws -> APIResponse { try await api.get("/v1/wallet") }

    func expect(_ isTrue: Bool, _ expected: String, _ found: @autoclosure () -> String, _ advice: String) throws {
        if !isTrue { throw QuickstartFailure(expected: expected, found: found(), advice: advice) }
    }
}
