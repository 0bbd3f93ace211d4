import Foundation
import Platform
import Sandbox
import TestSupport
import Testing

/// The sandbox against clients of Daraja that nobody here wrote: `Peers/mpesa_clients.py` drives them.
@Suite(.timeLimit(.minutes(3))) struct MPesaClientTests {
    private static func run(_ arguments: [String]) async throws -> JSONValue {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        // `make setup-test` puts it there; without it the test fails.
        let python = root.appending(path: ".build/test-tools/bin/python").path
        let script = here.appending(path: "Peers/mpesa_clients.py").path
        let printed = try await Command.run(python, ["-B", script] + arguments)
        return try JSONValue(parsing: Data((printed.split(separator: "\n").last ?? "").utf8))
    }

    private static func settings(_ world: MPesaWorld) -> String {
        let settings: JSONValue = [
            "key": .string(world.settings.consumerKey), "secret": .string(world.settings.consumerSecret),
            "shortcode": .string(world.settings.shortcode), "passkey": .string(world.settings.passkey),
            "initiator": .string(world.settings.initiatorName), "callbacks": .string(world.sink.url("")),
        ]
        return settings.text
    }

    /// What mpesakit's own schema makes of a body.
    private static func judge(_ kind: String, _ arrival: CallbackSink.Arrival) async throws -> JSONValue {
        let folder = try TemporaryFolder("callback")
        try arrival.text.write(toFile: folder.path("body.json"), atomically: true, encoding: .utf8)
        return try await run(["judge", kind, folder.path("body.json")])
    }

    @Test func bothClientsGetThrough() async throws {
        let world = try await MPesaWorld()
        let answer = try await Self.run(["ask", world.url, Self.settings(world)])
        let kit = answer["mpesakit"]
        #expect(kit?["token"] == 28 && kit?["push"] == true && kit?["query"] == "0", "\(answer.text)")
        #expect(kit?["register"] == true && kit?["balance"] == true, "\(answer.text)")
        #expect(kit?["wrong_secret"] == "AUTH_INVALID_CREDENTIALS", "\(answer.text)")
        let connect = answer["mpesa_connect"]
        #expect(connect?["token"] == 28 && connect?["push"] == "0" && connect?["simulate"] == "0", "\(answer.text)")
        #expect(connect?["unknown_token"] == "404.001.03", "\(answer.text)")

        let callback = try #require(try await world.sink.arrivals("/stk").first)
        let told = try await Self.judge("stk", callback)
        let items = callback.body.at("Body", "stkCallback", "CallbackMetadata", "Item")
        let receipt = try #require(items?.named("MpesaReceiptNumber")?.stringValue)
        #expect(told["successful"] == true && told["amount"] == 30 && told["receipt"] == .string(receipt))
        #expect(told["phone"] == "254700000200")
        let confirmations = try await world.sink.arrivals("/confirm", count: 2)
        let simulated = try #require(confirmations.first { $0.body["TransAmount"] == "7.00" })
        #expect(try await Self.judge("confirmation", simulated) == ["account": "acc 9", "amount": 7])
        let balance = try #require(try await world.sink.arrivals("/result").first)
        #expect(try await Self.judge("balance", balance)["code"] == "0")

        let reversed = try await Self.run(["reverse", world.url, Self.settings(world), receipt])
        #expect(reversed == ["reversal": true, "status": true], "\(reversed.text)")
        let results = try await world.sink.arrivals("/result", count: 3)
        let reversal = try #require(
            results.first { $0.body.at("Result", "ResultParameters", "ResultParameter")?.named("Charge") != nil }
        )
        #expect(try await Self.judge("reversal", reversal)["code"] == "0")
        // Its schema of a status result is not judged by: it expects an array where Safaricom's samples have an object.
        #expect(try await world.payments()["balance"] == 12)
    }
}
