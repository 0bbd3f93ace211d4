import Foundation
import Platform
import Sandbox
import TestSupport
import Testing

/// What only a sandbox has, under `/control`.
@Suite(.timeLimit(.minutes(1))) struct MPesaControlTests {
    @Test func theStatementHasEveryTransaction() async throws {
        let world = try await MPesaWorld()
        let phone = JSONValue.string(MPesaWorld.ordinaryPhone)
        let odd = try await world.control("paybill", ["phone": phone, "amount": 5, "account": "a,\"b\"\n=1+1"])
        let receipt = try #require(odd.body["TransID"]?.stringValue)
        _ = try await world.push()
        _ = try await world.sink.arrivals("/stk")
        _ = try await world.call("/mpesa/reversal/v1/request", world.reversalBody(receipt, amount: 5))
        _ = try await world.sink.arrivals("/result")
        let csv = try await world.send("GET", "/control/statement.csv").text
        let folder = try TemporaryFolder("statement")
        try csv.write(toFile: folder.path("statement.csv"), atomically: true, encoding: .utf8)
        // Read by a program that knows CSV.
        let script = "import csv,json,sys;print(json.dumps(list(csv.DictReader(open(sys.argv[1],newline='')))))"
        let read = try await Command.run("python3", ["-c", script, folder.path("statement.csv")])
        let rows = try JSONValue(parsing: Data(read.utf8)).elements
        #expect(rows.map { $0["Reason Type"] } == ["Pay Bill Reversal", "Pay Bill", "Pay Bill"])
        #expect(rows.map { $0["Balance"] } == ["10.00", "15.00", "5.00"])
        #expect(rows.map { $0["Paid In"] } == ["", "10.00", "5.00"])
        #expect(rows[0]["Withdrawn"] == "-5.00" && rows[0]["Linked Transaction ID"] == .string(receipt))
        #expect(rows[2]["A/C No."] == "a,\"b\"\n=1+1" && rows[2]["Receipt No."] == .string(receipt))
        #expect(rows[2]["Completion Time"] == "2026-06-27 13:00:00")
    }

    @Test(arguments: [
        ("faults", #"{"fault":"lightning"}"#, "callback_lost"), ("faults", "{}", "'fault'"),
        ("faults", #"{"fault":"callback_lost","phone":"0711000111"}"#, "'phone'"),
        ("faults", #"{"fault":"callback_lost","times":-1}"#, "'times'"),
        ("faults", #"{"fault":"callback_lost","percent":0}"#, "'percent'"),
        ("faults", #"{"fault":"callback_late","milliseconds":600001}"#, "'milliseconds'"),
        ("faults", "[1]", "JSON object"), ("faults", "", "JSON object"), ("faults", "{", "JSON object"),
        ("paybill", #"{"amount":5}"#, "'phone'"), ("paybill", #"{"phone":"254711000111"}"#, "'amount'"),
        ("paybill", #"{"phone":"254711000111","amount":250001}"#, "'amount'"),
        ("paybill", #"{"phone":"254711000111","amount":"5"}"#, "'amount'"),
        ("paybill", #"{"phone":"254711000111","amount":5,"account":"123456789012345678901"}"#, "'account'"),
    ])
    func aWrongRequestIsExplained(path: String, body: String, word: String) async throws {
        let world = try await MPesaWorld()
        let answer = try await world.send("POST", "/control/\(path)", Array(body.utf8))
        #expect(answer.status == 400)
        #expect(answer.body["error"]?.stringValue?.contains(word) == true, "\(answer.text)")
        #expect(try await world.payments()["transactions"] == [])
    }

    @Test func thereIsNothingElse() async throws {
        let world = try await MPesaWorld()
        #expect(try await world.send("GET", "/control/nothing").status == 404)
        #expect(try await world.send("DELETE", "/control/faults").status == 404)
        #expect(try await world.send("GET", "/control").errorCode == "404.001.01")
    }

    @Test func oldPaymentsAreForgotten() async throws {
        let world = try await MPesaWorld { $0.capacity = 3 }
        for _ in 0..<8 {
            _ = try await world.control("paybill", ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 1])
        }
        let payments = try await world.payments()
        #expect(payments["balance"] == 8)
        #expect(payments["transactions"]?.elements.map { $0["balance"] } == [6, 7, 8])
    }

    @Test func tooManyPaymentsAtOnceAreRefused() async throws {
        let world = try await MPesaWorld {
            $0.capacity = 2
            $0.paymentDelay = .seconds(600)
        }
        for last in 1...2 { _ = try await world.push(phone: "25471100000\(last)") }
        let refused = try await world.call("/mpesa/stkpush/v1/processrequest", world.stkBody(phone: "254711000003"))
        #expect(refused.status == 500 && refused.errorCode == "500.003.02")
    }

    @Test func aPortThatIsTakenIsAnError() async throws {
        let world = try await MPesaWorld()
        let taken = world.port
        await #expect(throws: (any Error).self) { _ = try await MPesaWorld { $0.port = taken } }
    }

    @Test func shutDownLeavesPaymentsBehind() async throws {
        let world = try await MPesaWorld { $0.paymentDelay = .seconds(600) }
        _ = try await world.push()
        let start = ContinuousClock.now
        await world.mpesa.shutDown()
        await world.mpesa.shutDown()
        #expect(start.duration(to: .now) < .seconds(30))
        await #expect(throws: (any Error).self) { _ = try await world.token() }
        #expect(world.sink.all.isEmpty)
    }

    @Test func callbacksCanNameASourceAddress() async throws {
        let world = try await MPesaWorld { $0.sourceAddress = "196.201.212.69" }
        _ = try await world.push()
        #expect(try await world.sink.arrivals("/stk").first?.headers["x-forwarded-for"] == "196.201.212.69")
    }
}
