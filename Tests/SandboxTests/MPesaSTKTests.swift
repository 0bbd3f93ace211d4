import Foundation
import Platform
import Primitives
import Sandbox
import TestSupport
import Testing

/// STK push, its callback and its query (facts sections 3 to 5).
@Suite(.timeLimit(.minutes(1))) struct MPesaSTKTests {
    private static let path = "/mpesa/stkpush/v1/processrequest"

    @Test func aPaymentIsAcceptedThenToldAndCanBeAskedFor() async throws {
        let world = try await MPesaWorld()
        let answer = try await world.call(Self.path, world.stkBody())
        #expect(answer.status == 200)
        #expect(answer.body["ResponseCode"] == "0")
        #expect(answer.body["ResponseDescription"] == "Success. Request accepted for processing")
        #expect(answer.body["CustomerMessage"] == "Success. Request accepted for processing")
        let id = try #require(answer.body["CheckoutRequestID"]?.stringValue)
        #expect(id == "ws_CO_27062026130000000700000200")
        let arrival = try #require(try await world.sink.arrivals("/stk").first)
        #expect(arrival.headers["businessshortcode"] == "174379")
        #expect(arrival.headers["content-type"] == "application/json;charset=UTF-8")
        let callback = try #require(arrival.body.at("Body", "stkCallback"))
        #expect(callback["CheckoutRequestID"] == .string(id))
        #expect(callback["MerchantRequestID"] == answer.body["MerchantRequestID"])
        #expect(callback["ResultCode"] == 0)
        #expect(callback["ResultDesc"] == "The service request is processed successfully.")
        let items = try #require(callback.at("CallbackMetadata", "Item"))
        #expect(items.named("Amount") == 10)
        #expect(arrival.text.contains(#"{"Name":"Amount","Value":10.00}"#))
        #expect(arrival.text.contains(#"{"Name":"Balance"}"#))
        #expect(items.named("TransactionDate") == 20_260_627_130_000)
        #expect(items.named("PhoneNumber") == 254_700_000_200)
        let receipt = try #require(items.named("MpesaReceiptNumber")?.stringValue)
        #expect(receipt.wholeMatch(of: #/UFR[0-9A-Z]{7}/#) != nil, "\(receipt)")
        let query = try await world.query(id)
        #expect(query.status == 200)
        #expect(query.body["ResultCode"] == "0" && query.body["ResponseCode"] == "0")
        #expect(!query.text.contains(receipt))
    }

    @Test(arguments: [
        ("Amount", "10" as JSONValue), ("BusinessShortCode", "174379"), ("PartyA", 254_700_000_200),
        ("PartyB", 174_379),
        ("PhoneNumber", 254_700_000_200), ("TransactionDesc", .null),
    ])
    func numbersMayBeStringsAndTheOtherWayRound(field: String, value: JSONValue) async throws {
        let world = try await MPesaWorld()
        let answer = try await world.call(Self.path, world.stkBody([field: value]))
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test(arguments: [
        ("BusinessShortCode", "12" as JSONValue), ("Timestamp", "20261327130000"), ("Timestamp", "2026"),
        ("TransactionType", "customerpaybillonline"), ("Amount", 0), ("Amount", "1.5"), ("Amount", -3),
        ("Amount", .double(2.5)), ("PartyA", "0700000200"), ("PartyB", "x"), ("PhoneNumber", "254600000200"),
        ("PhoneNumber", "+254700000200"), ("CallBackURL", "not a url"), ("CallBackURL", "ftp://127.0.0.1/x"),
        ("CallBackURL", "http://127.0.0.1/MPESA/x"), ("CallBackURL", "http://Example.com/x"),
        ("CallBackURL", "http://127.0.0.1/abcSQLdef"), ("AccountReference", "thirteen chars"),
        ("AccountReference", ""), ("TransactionDesc", "fourteen chars"), ("Password", .null),
    ])
    func aWrongFieldIsNamed(field: String, value: JSONValue) async throws {
        let world = try await MPesaWorld()
        let token = try await world.token()
        let answer = try await world.call(Self.path, world.stkBody([field: value]), token: token)
        #expect(answer.status == 400 && answer.errorCode == "400.002.02")
        #expect(answer.body["errorMessage"] == .string("Bad Request - Invalid \(field)"))
        guard field != "TransactionDesc" else { return }
        let missing = try await world.call(Self.path, world.stkBody([field: nil]), token: token)
        #expect(missing.body["errorMessage"] == .string("Bad Request - Invalid \(field)"))
    }

    @Test func strictnessIsASetting() async throws {
        let lax = try await MPesaWorld {
            $0.strictness.refusesKeywords = false
            $0.strictness.requiresLowerCaseHost = false
        }
        #expect(try await lax.call(Self.path, lax.stkBody(["CallBackURL": "http://LOCALHOST/mpesa"])).status == 200)
        let strict = try await MPesaWorld {
            $0.strictness.timestampWindow = .seconds(60)
            $0.strictness.requiresHTTPS = true
        }
        let plain = try await strict.call(Self.path, strict.stkBody())
        #expect(plain.body["errorMessage"] == "Bad Request - Invalid CallBackURL")
        let changes: [String: JSONValue?] = ["CallBackURL": "https://127.0.0.1:1/x"]
        #expect(try await strict.call(Self.path, strict.stkBody(changes)).status == 200)
        strict.clock.advance(by: .seconds(61))
        let late = try await strict.call(Self.path, strict.stkBody(changes))
        #expect(late.body["errorMessage"] == "Bad Request - Invalid Timestamp")
    }

    @Test func theMerchantIsChecked() async throws {
        let world = try await MPesaWorld()
        let unknown = try await world.call(Self.path, world.stkBody(["BusinessShortCode": 600_000]))
        #expect(unknown.status == 500 && unknown.errorCode == "500.001.1001")
        #expect(unknown.body["errorMessage"] == "Merchant does not exist")
        let wrong = try await world.call(Self.path, world.stkBody(["Password": "c2VjcmV0"]))
        #expect(wrong.body["errorMessage"] == "[MerchantValidate] - Wrong credentials")
    }

    @Test func aPhoneHasOnePaymentAtATime() async throws {
        let world = try await MPesaWorld { $0.paymentDelay = .seconds(600) }
        _ = try await world.push()
        let second = try await world.call(Self.path, world.stkBody())
        #expect(second.status == 500 && second.errorCode == "500.001.1001")
        #expect(second.body["errorMessage"]?.stringValue?.hasPrefix("Unable to lock subscriber") == true)
        #expect(try await world.push(phone: MPesaWorld.ordinaryPhone).hasPrefix("ws_CO_"))
    }

    @Test(arguments: [
        (MPesaInFlightShape.result4999, 200, "4999", ""), (.fault500, 500, "", "500.001.1001"),
        (.fault200, 200, "", "500.001.1001"),
    ])
    func aPaymentOnItsWayIsToldInAShape(
        shape: MPesaInFlightShape,
        status: Int,
        result: String,
        code: String
    ) async throws {
        let world = try await MPesaWorld {
            $0.inFlightShape = shape
            $0.paymentDelay = .seconds(600)
        }
        let answer = try await world.query(try await world.push())
        #expect(answer.status == status && answer.errorCode ?? "" == code)
        #expect(answer.body["ResultCode"]?.stringValue ?? "" == result)
    }

    @Test func anUnknownPaymentLooksLikeAFault() async throws {
        let world = try await MPesaWorld()
        let answer = try await world.query("ws_CO_01012026000000000700000000")
        #expect(answer.status == 500 && answer.errorCode == "500.001.1001")
        #expect(answer.body["errorMessage"] == "The transaction does not Exist")
    }

    @Test func tillsAndLimitsEndAPayment() async throws {
        let world = try await MPesaWorld {
            $0.strictness.limitsRepeats = true
            $0.dailyLimit = 300_000
        }
        let cases: [(changes: [String: JSONValue?], code: JSONValue)] = [
            (["TransactionType": "CustomerBuyGoodsOnline", "PartyB": "174380"], 0), (["PartyB": "174380"], 2028),
            (["PartyB": "999999"], "SFC_IC0003"), (["Amount": 250_001], 3), (["Amount": 250_000], 0),
            (["Amount": 50_000], 4), (["Amount": 10], 17),
        ]
        for (index, entry) in cases.enumerated() {
            let body = world.stkBody(path: "/case\(index)", entry.changes)
            #expect(try await world.call(Self.path, body).status == 200)
            let arrival = try #require(try await world.sink.arrivals("/case\(index)").first)
            let callback = try #require(arrival.body.at("Body", "stkCallback"))
            #expect(callback["ResultCode"] == entry.code, "\(index): \(callback.text)")
            #expect((callback["CallbackMetadata"] != nil) == (entry.code == 0))
        }
        world.clock.advance(by: .seconds(121))
        _ = try await world.push(path: "/later")
        let later = try #require(try await world.sink.arrivals("/later").first)
        #expect(later.body.at("Body", "stkCallback", "ResultCode") == 0)
    }
}
