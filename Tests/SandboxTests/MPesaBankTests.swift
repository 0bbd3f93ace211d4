import Foundation
import Platform
import Primitives
import Testing

@testable import Sandbox

/// The pure core: times, ids, bounds and the bank itself, without sockets.
@Suite struct MPesaBankTests {
    private let start = Timestamp(millisecondsSinceEpoch: 1_782_554_400_000)

    private func bank(_ change: (inout SandboxMPesaSettings) -> Void = { _ in }) -> MPesaBank {
        var settings = SandboxMPesaSettings()
        settings.seed = 7
        change(&settings)
        return MPesaBank(settings)
    }

    private func push(_ bank: MPesaBank, phone: String = "254711000111", amount: Int64 = 10) throws -> STKPushRequest {
        let secret = bank.settings.shortcode + bank.settings.passkey + "20260627130000"
        let document: JSONValue = [
            "BusinessShortCode": .string(bank.settings.shortcode),
            "Password": .string(Data(secret.utf8).base64EncodedString()), "Timestamp": "20260627130000",
            "TransactionType": "CustomerPayBillOnline", "Amount": .integer(amount), "PartyA": .string(phone),
            "PartyB": .string(bank.settings.shortcode), "PhoneNumber": .string(phone),
            "CallBackURL": "https://example.com/pay/token", "AccountReference": "A1",
        ]
        return try STKPushRequest(DarajaFields(document: document, api: .stkPush, strictness: MPesaStrictness()))
    }

    @Test func timesAreNairobis() throws {
        let night = Timestamp(millisecondsSinceEpoch: 1_798_750_799_999)
        #expect(night.rfc3339 == "2026-12-31T20:59:59.999Z")
        #expect(MPesaTime.digits(night) == "20261231235959")
        #expect(MPesaTime.digits(night + .milliseconds(1)) == "20270101000000")
        #expect(MPesaTime.spaced(night) == "2026-12-31 23:59:59")
        #expect(MPesaTime.moment(digits: "20270101000000") == night + .milliseconds(1))
        #expect(MPesaTime.moment(spaced: "2027-01-01 00:00:00") == night + .milliseconds(1))
        for wrong in ["", "20260230000000", "20260101240000", "2026010100000", "２0260101000000", "2026-01-01 00:00"] {
            #expect(MPesaTime.moment(digits: wrong) == nil)
            #expect(MPesaTime.moment(spaced: wrong) == nil)
        }
    }

    @Test(arguments: [
        ("2017-01-01T09:00:00Z", "LA1"), ("2018-10-10T09:00:00Z", "MJA"), ("2024-12-31T09:00:00Z", "SLV"),
        ("2025-02-09T09:00:00Z", "TB9"), ("2026-06-27T09:00:00Z", "UFR"), ("2026-06-30T21:00:00Z", "UG1"),
    ])
    func receiptsBeginWithTheirDay(moment: String, prefix: String) throws {
        var ids = MPesaIDs(seed: 3)
        let moment = try #require(Timestamp(rfc3339: moment))
        let receipts = (0..<1000).map { _ in ids.receipt(at: moment) }
        #expect(receipts.allSatisfy { $0.hasPrefix(prefix) && $0.wholeMatch(of: #/[A-Z0-9]{10}/#) != nil })
        #expect(Set(receipts).count == 1000)
    }

    @Test func idsHaveTheirShapes() {
        var ids = MPesaIDs(seed: 3)
        #expect(ids.request().wholeMatch(of: #/[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\d+/#) != nil)
        #expect(ids.conversation(at: start).wholeMatch(of: #/AG_20260627_[0-9a-f]{20}/#) != nil)
        #expect(ids.token() != ids.token())
        #expect(MPesaIDs.checkout(at: start, phone: "254711000111") == "ws_CO_27062026130000000711000111")
    }

    @Test func twoPaymentsInOneMillisecondHaveTwoIDs() throws {
        var bank = bank()
        let first = try bank.push(push(bank), at: start)
        #expect(bank.finish(first.checkoutRequestID, at: start).count == 1)
        let second = try bank.push(push(bank), at: start)
        #expect(first.checkoutRequestID != second.checkoutRequestID)
        #expect(first.merchantRequestID != second.merchantRequestID)
    }

    @Test func aPaymentEndsOnce() throws {
        var bank = bank()
        let payment = try bank.push(push(bank), at: start)
        #expect(throws: DarajaError.subscriberLocked) { try bank.push(push(bank), at: start) }
        #expect(bank.finish(payment.checkoutRequestID, at: start).map(\.kind) == [.stkCallback])
        #expect(bank.finish(payment.checkoutRequestID, at: start).isEmpty)
        #expect(bank.finish("ws_CO_unknown", at: start).isEmpty)
        #expect(bank.balance == 10 && bank.transactions.inOrder.count == 1)
    }

    @Test func aForgottenPaymentMovesNoMoney() throws {
        var bank = bank { $0.capacity = 2 }
        let first = try bank.push(push(bank, phone: "254711000001"), at: start)
        bank.payments.insert(first, for: "another")
        bank.payments.insert(first, for: "and another")
        #expect(bank.finish(first.checkoutRequestID, at: start).isEmpty)
        #expect(bank.balance == 0)
    }

    @Test func theDailyLimitEndsAtMidnightOfNairobi() throws {
        var bank = bank { $0.dailyLimit = 15 }
        var results: [String?] = []
        let evening = try #require(Timestamp(rfc3339: "2026-06-27T20:59:59Z"))
        for moment in [evening - .seconds(60), evening, evening + .seconds(1)] {
            let payment = try bank.push(push(bank), at: moment)
            _ = bank.finish(payment.checkoutRequestID, at: moment)
            results.append(bank.payments[payment.checkoutRequestID]?.result?.code)
        }
        #expect(results == ["0", "4", "0"])
    }

    @Test func aRegisterForgetsTheOldest() {
        var register = MPesaRegister<Int>(capacity: 3)
        for value in 0..<100 { register.insert(value, for: "\(value)") }
        #expect(register.inOrder == [97, 98, 99])
        #expect(register["96"] == nil && register["97"] == 97)
        register["97"] = 1
        register["96"] = 1
        #expect(register.inOrder == [1, 98, 99])
    }

    @Test func aPlanCountsDown() {
        var plan = MPesaFaultPlan()
        var random = SplitMix64(seed: 1)
        func rule(_ phone: String?, _ remaining: Int?) -> MPesaFaultRule {
            MPesaFaultRule(
                fault: .callbackLost,
                phone: phone,
                remaining: remaining,
                milliseconds: nil,
                percent: 100
            )
        }
        plan.add(rule("254711000111", 1))
        plan.add(rule(nil, 2))
        #expect(plan.take(.callbackLate, phone: nil, random: &random) == nil)
        #expect(plan.take(.callbackLost, phone: "254711000111", random: &random)?.phone != nil)
        #expect(plan.take(.callbackLost, phone: "254711000111", random: &random)?.phone == nil)
        #expect(plan.rules == [rule(nil, 1)])
        #expect(plan.take(.callbackLost, phone: nil, random: &random) != nil)
        #expect(plan.take(.callbackLost, phone: nil, random: &random) == nil)
        for _ in 0..<(MPesaFaultPlan.capacity + 5) { plan.add(rule(nil, nil)) }
        #expect(plan.rules.count == MPesaFaultPlan.capacity)
    }

    @Test(arguments: [
        ("https://example.com/pay/token?x=1", "https://example.com/pay/"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/", "https://example.com/"),
    ])
    func aForgerGuessesTheLastPartOfThePath(url: String, prefix: String) throws {
        var bank = bank()
        var document = try push(bank, phone: "254700000234")
        document = try STKPushRequest(
            DarajaFields(
                document: [
                    "BusinessShortCode": .string(document.shortcode), "Password": .string(document.password),
                    "Timestamp": .string(document.timestamp), "TransactionType": "CustomerPayBillOnline",
                    "Amount": 10, "PartyA": .string(document.phone), "PartyB": .string(document.receiver),
                    "PhoneNumber": .string(document.phone), "CallBackURL": .string(url), "AccountReference": "A1",
                ],
                api: .stkPush,
                strictness: MPesaStrictness()
            )
        )
        let payment = try bank.push(document, at: start)
        let urls = bank.finish(payment.checkoutRequestID, at: start).map(\.url)
        #expect(urls == [url, prefix + payment.checkoutRequestID, url])
    }

    @Test(arguments: [
        ("https://example.com/a", true), ("http://127.0.0.1:8080/a", true), ("http://[::1]/a", true), ("", false),
        ("example.com/a", false), ("https:///a", false), ("https://example.com/eXeCute", false),
        ("https://safaricom.example/a", false), ("https://Example.com/a", false), ("mailto:a@example.com", false),
        ("https://example.com/" + String(repeating: "a", count: 2048), false),
    ])
    func urlsAreRuled(url: String, isAllowed: Bool) {
        #expect(DarajaURLRule(MPesaStrictness()).allows(url) == isAllowed)
    }
}
