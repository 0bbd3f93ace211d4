import Crypto
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

/// What comes to the paths that M-Pesa calls, on a server as a company runs it behind a proxy.
@Suite(.timeLimit(.minutes(2))) struct PaymentCallbackTests {
    private static let master = String(repeating: "5a", count: 32)

    private static func confirmation(_ receipt: String, account: String, shortCode: String = "600638") -> JSONValue {
        [
            "TransactionType": "Pay Bill", "TransID": .string(receipt), "TransTime": "20260627130102",
            "TransAmount": "750.00", "BusinessShortCode": .string(shortCode), "BillRefNumber": .string(account),
            "MSISDN": "2547 ***** 123", "FirstName": "Asha",
        ]
    }

    @Test func onlyMPesaIsBelieved() async throws {
        let server = try await TestServer(settings: [
            "SAUTIKIT_MASTER_KEY": Self.master, "SAUTIKIT_PUBLIC_URL": "https://api.example.co.ke",
            "SAUTIKIT_MPESA_URL": "http://127.0.0.1:9", "SAUTIKIT_MPESA_CONSUMER_KEY": "key",
            "SAUTIKIT_MPESA_CONSUMER_SECRET": "secret", "SAUTIKIT_MPESA_SHORTCODE": "600638",
            "SAUTIKIT_MPESA_PASSKEY": "passkey", "SAUTIKIT_TRUSTED_PROXIES": "127.0.0.1",
        ])
        let customer = try await Customer(server)
        let before = try #require(try await customer.balance().integer)
        let listed = try await server.ask("GET", "/v1/topups", key: customer.key)
        #expect(listed.json["data"] == [])
        let key = SymmetricKey(data: [UInt8](repeating: 0x5A, count: 32))
        let token = SecretBox(masterKey: key).sign("paybill")
        let asked = try await server.ask(
            "POST",
            "/v1/topups",
            key: customer.key,
            body: ["amount_minor": 50_000, "phone_e164": "+254700000200"]
        )
        let reference = try #require(asked.json["mpesa_account_ref"]?.stringValue)
        func tell(_ path: String, _ body: JSONValue, from address: String? = "196.201.214.200") async throws -> Int {
            let headers = address.map { ["X-Forwarded-For": $0] } ?? [:]
            return try await server.ask("POST", "/payments/paybill/" + path, body: body, headers: headers).status
        }
        let good = Self.confirmation("UFR5KZN81C", account: reference)
        #expect(try await tell("\(token)/confirmation", good, from: "203.0.113.9") == 404)
        #expect(try await tell("\(token)/confirmation", good, from: nil) == 404)
        // What a client writes itself stands before what the proxy adds.
        #expect(try await tell("\(token)/confirmation", good, from: "196.201.214.200, 203.0.113.9") == 404)
        #expect(try await tell("\(String(repeating: "0", count: 64))/confirmation", good) == 404)
        let elsewhere = Self.confirmation("UFR5KZN81C", account: reference, shortCode: "600000")
        #expect(try await tell("\(token)/confirmation", elsewhere) == 404)
        #expect(try await tell("\(token)/confirmation", ["TransID": "UFR5KZN81C"]) == 400)
        #expect(try await customer.balance().integer == before)
        for _ in 0..<2 { #expect(try await tell("\(token)/confirmation", good) == 200) }
        #expect(try await customer.balance().integer == before + 75_000)
        for (account, code) in [(reference.lowercased(), "0"), ("rent", "C2B00012")] {
            let verdict = try await server.ask(
                "POST",
                "/payments/paybill/\(token)/validation",
                body: Self.confirmation("UFR5KZN81D", account: account),
                headers: ["X-Forwarded-For": "196.201.212.69"]
            )
            #expect(verdict.status == 200 && verdict.json["ResultCode"] == .string(code))
        }
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    /// The statement of the sandbox's own portal, with a payment that nobody told of.
    @Test func aStatementBringsWhatIsMissing() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let desk = try await TopupTests.desk(server)
        let topup = try await TopupTests.topUp(customer, 200)
        let reference = try #require(topup["mpesa_account_ref"]?.stringValue)
        let before = try #require(try await customer.balance().integer)
        let (status, data, _) = try await server.fetch("GET", desk + "/control/statement.csv")
        #expect(status == 200)
        var lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        #expect(lines.count == 2)
        let now = Timestamp(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1000)) + .seconds(3 * 3600)
        let time = now.rfc3339Seconds.dropLast().replacing("T", with: " ")
        lines.append(
            "UFR5KZN81E,\(time),\(time),Pay Bill,Completed,300.00,,0,true,Pay Bill,254711000111 - A,,\(reference)"
        )
        let file = server.folder.path("statement.csv")
        try (lines.joined(separator: "\r\n") + "\r\n").write(toFile: file, atomically: true, encoding: .utf8)
        let first = try await server.admin("payments", "import", file)
        #expect(first["credited"] == ["UFR5KZN81E"] && first["differences"] == [], "\(first)")
        let second = try await server.admin("payments", "import", file)
        #expect(second["credited"] == [] && second["payments"] == 2)
        #expect(try await customer.balance().integer == before + 30_000)
    }
}
