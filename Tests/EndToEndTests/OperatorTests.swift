import Database
import Foundation
import Logging
import Platform
import Server
import TestSupport
import Testing

/// What an operator types, against the database of a running server.
@Suite(.timeLimit(.minutes(2))) struct OperatorTests {
    @Test func theLedgerIsCheckedAndADifferenceIsShown() async throws {
        let customer = try await Customer(try await TestServer())
        let right = try await customer.server.run(admin: ["ledger", "check"])
        #expect(right.status == 0, "\(right.output)")

        let database = try await Database.open(
            .sqlite(path: customer.server.folder.path("data/sautikit.sqlite")),
            migrations: PlatformSchema.migrations,
            logger: Logger(label: "test")
        )
        try await database.write { tx in
            try tx.execute("UPDATE ledger_accounts SET balance_minor = balance_minor + 7 WHERE kind = 'wallet'")
        }
        await database.close()
        let wrong = try await customer.server.run(admin: ["ledger", "check"])
        #expect(wrong.status == 1 && wrong.output.contains("7"), "\(wrong.output)")
        let told = try await customer.server.run(admin: ["ledger", "check", "--json"])
        let report = try JSONValue(parsing: Data(told.output.utf8))
        #expect(told.status == 1 && report["ok"] == false, "\(report.text)")
    }

    @Test func trunksAndNumbersAreAddedListedAndRefused() async throws {
        let server = try await TestServer()
        let words = [
            "trunk", "add", "--name", "main", "--address", "192.0.2.10:5060", "--transport", "udp", "--prefix", "+254",
            "--priority", "5", "--username", "sauti", "--password", "siri-ya-mtihani", "--purpose", "test",
        ]
        #expect(try await server.run(admin: words).status == 0)
        let again = try await server.run(admin: words)
        #expect(again.status != 0 && again.output.contains("main"), "\(again.output)")
        let listed = try await server.run(admin: ["trunk", "list"])
        #expect(listed.status == 0 && listed.output.contains("192.0.2.10:5060"))
        #expect(listed.output.contains("for test calls"))
        #expect(!listed.output.contains("siri-ya-mtihani"))

        let proving = try await server.run(admin: [
            "trunk", "add", "--name", "proves", "--address", "192.0.2.11:5061", "--transport", "tls", "--prefix", "+",
            "--username", "acme", "--password", "siri-ya-mtihani", "--register", "--inbound-username", "carrier",
            "--inbound-password", "siri-nyingine", "--accept", "digest",
        ])
        #expect(proving.status == 0, "\(proving.output)")
        let all = try await server.admin("trunk", "list")
        let proves = try #require(all["trunks"]?.elements.first { $0["name"] == "proves" })
        #expect(proves["accept"] == "digest" && proves["inbound_username"] == "carrier" && proves["registers"] == true)
        #expect(!all.text.contains("siri-nyingine") && !all.text.contains("siri-ya-mtihani"))
        let status = try await Waiting.until(within: .seconds(40)) {
            try await server.admin("trunk", "list")["trunks"]?.elements.first { $0["name"] == "proves" }?[
                "registration"
            ]?[
                "status"
            ]?.stringValue
        }
        #expect(["trying", "failed"].contains(status))

        #expect(try await server.run(admin: ["numbers", "add", "+254200000123"]).status == 0)
        #expect(try await server.run(admin: ["numbers", "list"]).output.contains("+254200000123"))
        let bad = try await server.run(admin: ["numbers", "add", "12"])
        #expect(bad.status != 0 && bad.output.contains("12"), "\(bad.output)")
    }

    /// The examples of docs/money.md and of the commands' own help, on dates that are far enough.
    @Test func pricesRatesAndRefundsAreTheOperators() async throws {
        let customer = try await Customer(try await TestServer(isSandbox: true))
        let server = customer.server
        let shown = try await server.admin("prices", "show")
        #expect(shown["number_monthly_minor"] == 10_000 && shown["recording_per_gb_month_minor"] == 200)
        let from = ["--from", "2199-01-01"]
        let set = ["prices", "set", "--number-monthly-kes", "120", "--recording-per-gb-month-kes", "2.50"] + from
        let people = try await server.run(admin: set)
        #expect(people.status == 0 && people.output.contains("From 2199-01-01"), "\(people.output)")
        let upcoming = try await server.admin("prices", "show")["upcoming"]?.elements.first
        #expect(upcoming?["number_monthly_minor"] == 12_000 && upcoming?["effective_from"] == "2198-12-31T21:00:00Z")
        let soon = try await server.run(admin: ["prices", "set", "--outbound-per-minute-kes", "4"])
        #expect(soon.status == 1 && soon.output.contains("prices."), "\(soon.output)")
        #expect(try await server.run(admin: ["prices", "set", "--outbound-per-minute-kes", "4,0"]).status == 64)
        #expect(try await server.run(admin: ["prices", "cancel", "--from", "soon"]).status == 1)
        // All who were there are told, by a worker, and then that it was called off.
        try await Waiting.until {
            let (_, mails, _) = try await server.fetch("GET", server.url + "/sandbox/mailbox.json")
            return String(decoding: mails, as: UTF8.self).contains("Prices change on 2199-01-01") ? true : nil
        }
        #expect(try await server.run(admin: ["prices", "cancel"] + from).status == 0)
        #expect(try await server.admin("prices", "show")["upcoming"] == [])

        let listed = try await server.run(admin: ["rates", "list"])
        let sheet = listed.output.replacing("UG,\"Uganda\",16.00", with: "UG,\"Uganda\",17.00")
        #expect(listed.status == 0 && sheet != listed.output)
        let file = server.folder.path("rates.csv")
        try Data(sheet.utf8).write(to: URL(filePath: file))
        let load = ["rates", "import", file]
        let early = try await server.run(admin: load)
        #expect(early.status == 1 && early.output.contains("prices.too_soon"), "\(early.output)")
        #expect(try await server.run(admin: load + from).status == 0)
        #expect(try await server.admin("rates", "list")["upcoming"] == ["2199-01-01"])
        let later = try await server.admin("rates", "list", "--at", "2199-01-01")["rates"]?.elements
        #expect(later?.first { $0["prefix"] == "256" }?["per_min_minor"] == 1700)
        let rate = try await server.ask("GET", "/v1/rates?to=%2B256312123456", key: customer.key)
        #expect(rate.status == 200 && rate.json["total_per_min_minor"] == 1600)
        #expect(try await server.run(admin: ["rates", "cancel"] + from).status == 0)
        try Data("prefix\n1".utf8).write(to: URL(filePath: file))
        let wrong = try await server.run(admin: load)
        #expect(wrong.status == 1 && wrong.output.contains("country"), "\(wrong.output)")
    }

    @Test func creditsAndRefundsAreOnTheCustomersAccount() async throws {
        let customer = try await Customer(try await TestServer(isSandbox: true))
        let server = customer.server
        let wallet = try await server.ask("GET", "/v1/wallet", key: customer.key).json
        let id = try #require(wallet["workspace_id"]?.stringValue)
        let before = try #require(wallet["balance_minor"]?.integer)
        let words = ["wallet", "credit", id, "--amount-minor", "50000", "--key", "t-812", "--reason", "Samahani"]
        for _ in 0..<2 { #expect(try await server.run(admin: words).status == 0) }
        let rows = try await server.ask("GET", "/v1/wallet/transactions?type=number_rental", key: customer.key)
        let rental = try #require(rows.json["data"]?.elements.first)
        let charge = try #require(rental["id"]?.stringValue)
        let refund = try await server.admin("wallet", "refund", charge, "--key", "t-813", "--reason", "Pole")
        #expect(refund["amount_minor"] == rental["amount_minor"] && refund["reverses"]?.stringValue == charge)
        let again = try await server.run(admin: ["wallet", "refund", charge, "--key", "t-814", "--reason", "Pole"])
        #expect(again.status == 1 && again.output.contains("wallet.refund_too_large"), "\(again.output)")
        let after = try await server.ask("GET", "/v1/wallet", key: customer.key).json["balance_minor"]?.integer
        #expect(after == before + 500_00 + (rental["amount_minor"]?.integer ?? 0))
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func everyCommandExplainsItself() async throws {
        let server = try await TestServer()
        let commands: [[String]] = [
            [], ["serve"], ["quickstart"], ["doctor"], ["verify"], ["flow", "check"], ["admin"],
            ["admin", "workspace", "create"],
            ["admin", "workspace", "suspend"], ["admin", "workspace", "unsuspend"],
            ["admin", "trunk", "add"], ["admin", "trunk", "list"], ["admin", "numbers", "add"],
            ["admin", "numbers", "list"], ["admin", "numbers", "suspend"], ["admin", "numbers", "resume"],
            ["admin", "ports", "list"], ["admin", "ports", "document"], ["admin", "ports", "accept"],
            ["admin", "ports", "reject"], ["admin", "ports", "complete"], ["admin", "ledger", "check"],
            ["admin", "limits", "show"], ["admin", "limits", "set"],
            ["admin", "prices", "show"], ["admin", "prices", "set"], ["admin", "prices", "cancel"],
            ["admin", "rates", "list"], ["admin", "rates", "import"], ["admin", "rates", "cancel"],
            ["admin", "wallet", "credit"], ["admin", "wallet", "refund"],
        ]
        for command in commands {
            let program = try RunningProgram(TestServer.binary, command + ["--help"])
            #expect(try await program.exitStatus() == 0, "\(command)")
            #expect(program.output.contains("USAGE: ") && program.output.contains("OVERVIEW: "), "\(command)")
        }
        let help = try await server.run("serve", "--help").output
        for setting in Setting.allCases { #expect(help.contains(setting.environmentName)) }
        let unknown = try await server.run(admin: ["ledger", "check", "--jsno"])
        #expect(unknown.status == 64 && unknown.output.contains("--jsno"), "\(unknown.output)")
    }

    @Test func theMetricsCountWhatHappened() async throws {
        let customer = try await Customer(try await TestServer(isSandbox: true))
        _ = try await customer.end(try await customer.call("+254700000003"))
        // The webhook that tells of the end is sent, and counted, a moment after the call has ended.
        let names = [
            "# TYPE ", "sautikit_calls_finished_total", "sautikit_webhook_attempts_total", "http_requests_total",
            "sautikit_sip_messages",
        ]
        let text = try await Waiting.until {
            let (status, data, _) = try await customer.server.fetch("GET", customer.server.url + "/metrics")
            let text = String(decoding: data, as: UTF8.self)
            return status == 200 && names.allSatisfy(text.contains) ? text : nil
        }
        #expect(!text.contains(customer.key))
    }

    @Test func aSuspendedWorkspaceReadsOnlyAndItsCallsEndAsTheOperatorChose() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let workspace = try await server.ask("GET", "/v1/wallet", key: customer.key).json["workspace_id"]
        guard case .string(let id)? = workspace else {
            Issue.record("\(String(describing: workspace))")
            return
        }
        let call = try await customer.call()
        let suspended = try await server.admin("workspace", "suspend", id, "--hang-up")
        #expect(suspended["calls_hung_up"] == 1)
        #expect(try await customer.end(call)["status"] != "answered")
        try await Waiting.until {
            let refused = try await server.ask(
                "POST",
                "/v1/calls",
                key: customer.key,
                body: ["from": .string(Customer.number), "to": "+254712345678"]
            )
            return refused.status == 403 && refused.json["error"]?["code"] == "workspace.suspended" ? true : nil
        }
        #expect(try await server.ask("GET", "/v1/calls", key: customer.key).status == 200)
        _ = try await server.admin("workspace", "unsuspend", id)
        _ = try await customer.call()
        let unknown = try await server.run(admin: ["workspace", "suspend", "01900000-0000-7000-8000-000000000001"])
        #expect(unknown.status != 0 && unknown.output.contains("no workspace"), "\(unknown.output)")
    }
}
