import Crypto
import Foundation
import Platform
import Sandbox
import TestSupport
import Testing

/// Payments that customers make by themselves (facts section 6).
@Suite(.timeLimit(.minutes(1))) struct MPesaC2BTests {
    @Test(arguments: ["v1", "v2"]) func urlsAreRegisteredAndPaymentsConfirmed(version: String) async throws {
        let world = try await MPesaWorld()
        let registered = try await world.call("/mpesa/c2b/\(version)/registerurl", world.registerBody())
        #expect(registered.status == 200)
        #expect(registered.body["OriginatorCoversationID"] != nil && registered.body["OriginatorConversationID"] == nil)
        #expect(registered.body["ResponseCode"] == "0" && registered.body["ResponseDescription"] == "Success")
        let simulated = try await world.call("/mpesa/c2b/\(version)/simulate", world.simulateBody())
        #expect(simulated.body["OriginatorCoversationID"] != nil)
        #expect(simulated.body["ResponseDescription"] == "Accept the service request successfully.")
        let arrival = try #require(try await world.sink.arrivals("/confirm").first)
        let hash = SHA256.hash(data: Data(MPesaWorld.ordinaryPhone.utf8)).map { String(format: "%02x", $0) }.joined()
        let expected: [String: JSONValue] = [
            "TransactionType": "Pay Bill", "TransTime": "20260627130000", "TransAmount": "25.00",
            "BusinessShortCode": "174379", "BillRefNumber": "acc 42", "InvoiceNumber": "",
            "OrgAccountBalance": "25.00", "ThirdPartyTransID": "", "MiddleName": "",
            "MSISDN": .string(version == "v1" ? hash : "2547 ***** 111"),
        ]
        for (name, value) in expected { #expect(arrival.body[name] == value, "\(name)") }
        #expect(arrival.body["TransID"]?.stringValue?.count == 10)
        #expect(arrival.body["FirstName"]?.stringValue?.isEmpty == false)
        #expect(Set(arrival.body.members.map(\.name)).count == 13)
        #expect(world.sink.all.count == 1, "validation is off by default")
    }

    @Test(arguments: [MPesaPayerForm.hashed, .masked, .plain])
    func theFormOfThePayersNumberIsASetting(form: MPesaPayerForm) async throws {
        let world = try await MPesaWorld { $0.payerForm = form }
        _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
        _ = try await world.control("paybill", ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 5])
        let shown = try await world.sink.arrivals("/confirm").first?.body["MSISDN"]?.stringValue
        switch form {
        case .hashed: #expect(shown?.count == 64)
        case .masked, .byVersion: #expect(shown == "2547 ***** 111")
        case .plain: #expect(shown == MPesaWorld.ordinaryPhone)
        }
    }

    @Test func aPaymentByPushIsAlsoConfirmedUnlessSwitchedOff() async throws {
        for confirms in [true, false] {
            let world = try await MPesaWorld { $0.confirmsSTK = confirms }
            _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
            _ = try await world.push()
            let callback = try #require(try await world.sink.arrivals("/stk").first)
            let receipt = callback.body.at("Body", "stkCallback", "CallbackMetadata", "Item")?
                .named("MpesaReceiptNumber")
            if confirms {
                let confirmation = try #require(try await world.sink.arrivals("/confirm").first)
                #expect(confirmation.body["TransID"] == receipt)
                #expect(confirmation.body["BillRefNumber"] == "Invoice7")
            } else {
                _ = try await world.push(path: "/next")
                _ = try await world.sink.arrivals("/next")
                #expect(!world.sink.all.contains { $0.path == "/confirm" })
            }
        }
    }

    /// The validation's answer, the registered default, whether the payment goes through, and its ResultCode.
    static let verdicts: [(answer: String, type: String, isPaid: Bool, code: JSONValue)] = [
        (#"{"ResultCode":"0","ResultDesc":"Accepted","ThirdPartyTransID":"t-1"}"#, "Cancelled", true, .null),
        (#"{"ResultCode":0,"ResultDesc":"Accepted","ThirdPartyTransID":"t-1"}"#, "Cancelled", true, .null),
        (#"{"ResultCode":"C2B00012","ResultDesc":"Rejected"}"#, "Completed", false, "C2B00012"),
        (#"{"ResultCode":1,"ResultDesc":"Rejected"}"#, "Completed", false, "1"), ("nonsense", "Completed", true, .null),
        ("nonsense", "Cancelled", false, .null), ("[]", "Cancelled", false, .null), ("", "Completed", true, .null),
        ("silence", "Completed", true, .null), ("silence", "Cancelled", false, .null),
        ("error", "Completed", true, .null), ("error", "Cancelled", false, .null),
    ]

    @Test(arguments: verdicts.indices) func theValidationDecides(index: Int) async throws {
        let (answer, type, isPaid, code) = Self.verdicts[index]
        // A receiver that says nothing as long as the test lasts.
        let (silence, end) = AsyncStream.makeStream(of: Void.self)
        defer { end.finish() }
        let world = try await MPesaWorld(
            {
                $0.validatesC2B = true
                if answer == "silence" { $0.validationLimit = .milliseconds(100) }
            },
            answer: { path in
                guard path == "/validate" else { return CallbackSink.accepted }
                if answer == "silence" { for await _ in silence {} }
                if answer == "error" { throw CancellationError() }
                return CallbackSink.json(answer)
            }
        )
        _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody(type))
        let paid = try await world.control(
            "paybill",
            ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 5, "account": "ACC ü 7"]
        )
        #expect(paid.body["status"] == (isPaid ? "completed" : "cancelled"), "\(paid.text)")
        #expect(paid.body["ResultCode"] == code)
        let delivery = try await world.payments()["deliveries"]?.elements.first
        #expect(delivery?["kind"] == "validation" && delivery?["reference"] == paid.body["TransID"])
        #expect((delivery?["status"] == .null) == (answer == "silence"))
        if answer != "silence" {
            let asked = try #require(try await world.sink.arrivals("/validate").first)
            #expect(asked.body["TransID"] == paid.body["TransID"])
            #expect(asked.body["OrgAccountBalance"] == "")
        }
        #expect(try await world.payments()["balance"] == (isPaid ? 5 : 0))
        guard isPaid else { return }
        let confirmation = try #require(try await world.sink.arrivals("/confirm").first)
        #expect(confirmation.body["TransID"] == paid.body["TransID"])
        #expect(confirmation.body["BillRefNumber"] == "ACC ü 7")
        #expect(confirmation.body["OrgAccountBalance"] == "5.00")
        #expect(confirmation.body["ThirdPartyTransID"] == (answer.contains("t-1") ? "t-1" : ""))
    }

    @Test func withoutURLsAPaymentCompletesSilently() async throws {
        let world = try await MPesaWorld { $0.validatesC2B = true }
        let paid = try await world.control("paybill", ["phone": .string(MPesaWorld.ordinaryPhone), "amount": 5])
        #expect(paid.body["status"] == "completed")
        #expect(world.sink.all.isEmpty)
        #expect(try await world.payments()["balance"] == 5)
    }

    @Test func productionRegistersOnce() async throws {
        let world = try await MPesaWorld { $0.strictness.registersOnce = true }
        #expect(try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody()).status == 200)
        let again = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
        #expect(again.status == 500 && again.errorCode == "500.003.1001")
        #expect(again.body["errorMessage"] == "Urls are already registered.")
        let sandbox = try await MPesaWorld()
        for _ in 0..<2 {
            #expect(try await sandbox.call("/mpesa/c2b/v1/registerurl", sandbox.registerBody()).status == 200)
        }
    }

    @Test(arguments: [
        ("registerurl", "ShortCode", "600000" as JSONValue), ("registerurl", "ResponseType", "completed"),
        ("registerurl", "ResponseType", "Canceled"), ("registerurl", "ConfirmationURL", "http://127.0.0.1/cmd"),
        ("registerurl", "ValidationURL", 7), ("simulate", "ShortCode", "600000"), ("simulate", "CommandID", "Pay"),
        ("simulate", "Amount", 0), ("simulate", "Amount", 250_001), ("simulate", "Msisdn", "0711000111"),
        ("simulate", "BillRefNumber", "more than twenty characters"), ("simulate", "BillRefNumber", .null),
    ])
    func aWrongFieldIsNamed(call: String, field: String, value: JSONValue) async throws {
        let world = try await MPesaWorld()
        let changes: [String: JSONValue?] = [field: value]
        let body = call == "simulate" ? world.simulateBody(changes) : world.registerBody("Completed", changes)
        let answer = try await world.call("/mpesa/c2b/v2/\(call)", body)
        #expect(answer.status == 400 && answer.errorCode == "400.003.02", "\(answer.text)")
        #expect(answer.body["errorMessage"] == .string("Bad Request - Invalid \(field)"))
    }

    @Test func aTillIsPaidWithoutAnAccount() async throws {
        let world = try await MPesaWorld()
        _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
        let changes: [String: JSONValue?] = [
            "ShortCode": "174380", "CommandID": "CustomerBuyGoodsOnline", "BillRefNumber": .some(.null),
        ]
        #expect(try await world.call("/mpesa/c2b/v2/simulate", world.simulateBody(changes)).status == 200)
        let arrival = try #require(try await world.sink.arrivals("/confirm").first)
        #expect(arrival.body["TransactionType"] == "Buy Goods" && arrival.body["BillRefNumber"] == "")
        #expect(arrival.body["BusinessShortCode"] == "174380")
    }

    @Test func faultsBefallConfirmationsToo() async throws {
        let world = try await MPesaWorld()
        _ = try await world.call("/mpesa/c2b/v2/registerurl", world.registerBody())
        _ = try await world.control("paybill", ["phone": "254700000231", "amount": 5])
        #expect(try await world.sink.arrivals("/confirm", count: 2).count == 2)
        _ = try await world.control("paybill", ["phone": "254700000230", "amount": 7])
        #expect(try await world.payments()["balance"] == 12)
        _ = try await world.push()
        _ = try await world.sink.arrivals("/confirm", count: 3)
        #expect(!world.sink.all.contains { $0.body["TransAmount"] == "7.00" })
    }
}
