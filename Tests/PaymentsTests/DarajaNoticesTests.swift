import Foundation
import Payments
import Platform
import Primitives
import Testing

@Suite struct DarajaNoticesTests {
    private static let paid = """
        {"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220261020363925",
        "ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[
        {"Name":"Balance"},{"Name":"PhoneNumber","Value":254700000123},{"Name":"Amount","Value":500.00},
        {"Name":"TransactionDate","Value":20260627130102},{"Name":"MpesaReceiptNumber","Value":"ufr5kzn81b"}]}}}}
        """

    @Test func aPaidPushIsReadByTheNamesOfItsItems() throws {
        let result = try #require(DarajaNotices.push(Data(Self.paid.utf8)))
        #expect(result.checkoutRequestID == "ws_CO_191220261020363925" && result.outcome == .paid)
        #expect(result.receipt == "UFR5KZN81B" && result.amountMinor == 500_00 && result.payer == "254700000123")
        #expect(result.occurredAt?.rfc3339Seconds == "2026-06-27T10:01:02Z")
    }

    @Test(arguments: [
        ("1032", TopupFailure.Reason.cancelled), ("\"1037\"", .unreachable), ("1", .insufficientFunds),
        ("2001", .wrongPIN), ("\"SFC_IC0003\"", .refused),
    ])
    func aRefusalIsReadByItsCodeAlone(_ code: String, _ reason: TopupFailure.Reason) throws {
        let body = #"{"Body":{"stkCallback":{"CheckoutRequestID":"x","ResultCode":\#(code),"ResultDesc":"…"}}}"#
        guard case .refused(let failure) = DarajaNotices.push(Data(body.utf8))?.outcome else {
            Issue.record("\(code) is no refusal")
            return
        }
        #expect(failure.reason == reason && failure.text == "…")
    }

    @Test(arguments: [
        #"{"Body":{"stkCallback":{"CheckoutRequestID":"x","ResultCode":7777}}}"#,
        #"{"Body":{"stkCallback":{"CheckoutRequestID":"x","ResultCode":0}}}"#,
        #"{"Body":{"stkCallback":{"CheckoutRequestID":"x","ResultCode":0,"CallbackMetadata":{"Item":[{"Name":"Amount","Value":5}]}}}}"#,
    ])
    func whatSaysTooLittleNeitherPaysNorFails(_ body: String) {
        #expect(DarajaNotices.push(Data(body.utf8))?.outcome == .pending)
    }

    @Test(arguments: [
        "", "[]", "{}", "null", #"{"Body":{"stkCallback":[]}}"#, #"{"Body":{"stkCallback":{"ResultCode":0}}}"#,
    ])
    func whatIsNoCallbackIsNone(_ body: String) {
        #expect(DarajaNotices.push(Data(body.utf8)) == nil)
        #expect(DarajaNotices.paybill(Data(body.utf8), isTest: false, at: Timestamp(millisecondsSinceEpoch: 0)) == nil)
    }

    @Test func aPaymentToThePaybillIsReadInBothVersions() throws {
        let hash = "0b7b4b4f1fd9f6fb4f4e8d9f2f1c9f8b1e6c3a6a2b5f9d2e8c7a1b3d5f7a9c1e"
        for payer in ["2547 ***** 123", hash] {
            let body = """
                {"TransactionType":"Pay Bill","TransID":"UFR5KZN81C","TransTime":"20260627130102","TransAmount":"750.00",
                "BusinessShortCode":"600638","BillRefNumber":"ts-7k2m9qxd","InvoiceNumber":"","OrgAccountBalance":"49197.00",
                "ThirdPartyTransID":"","MSISDN":"\(payer)","FirstName":"Asha"}
                """
            let now = Timestamp(millisecondsSinceEpoch: 0)
            let told = try #require(DarajaNotices.paybill(Data(body.utf8), isTest: false, at: now))
            #expect(told.shortCode == "600638" && told.news.receipt == "UFR5KZN81C" && told.news.amountMinor == 750_00)
            #expect(told.news.account == "ts-7k2m9qxd" && told.news.payer == payer)
            #expect(told.news.occurredAt.rfc3339Seconds == "2026-06-27T10:01:02Z")
        }
    }

    @Test(arguments: ["-5", "5.005", "1e3", "0", "", "999999999999999999", "5.", "NaN", "5,000.5.1"])
    func anAmountThatIsNoneIsNoPayment(_ amount: String) {
        let body = #"{"TransID":"UFR5KZN81C","TransAmount":"\#(amount)","BusinessShortCode":"600638"}"#
        #expect(DarajaNotices.paybill(Data(body.utf8), isTest: false, at: Timestamp(millisecondsSinceEpoch: 0)) == nil)
    }

    /// Bytes changed, dropped and doubled at random: an answer or none, never a crash, and never a negative amount.
    @Test func damagedBodiesAreRead() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            var bytes = Array(Self.paid.utf8)
            for _ in 0..<Int(random.next() % 4 + 1) {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: place)
                }
            }
            let amount = DarajaNotices.push(Data(bytes))?.amountMinor
            #expect(amount ?? 1 >= 0 || amount == nil)
        }
    }
}
