import Primitives
import TestSupport
import Testing

@testable import Platform

/// Whatever is told, in whichever order, how often and by whom: never more is credited than was paid, and in the end as much.
@Suite struct PaymentMatchingTests {
    /// What really happened.
    private struct Truth {
        var pushes: [PaymentMatching.Push] = []
        var receipts: [PaymentReceipt] = []
        /// What each push was paid by; none when it was not.
        var answers: [Identifier: PaymentReceipt] = [:]
    }

    private static let start = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)
    private static let phones = ["+254700000101", "+254700000102"]

    private static func id(_ number: Int) -> Identifier {
        Identifier(at: Timestamp(millisecondsSinceEpoch: Int64(number)), random: (0, 0))
    }

    private static func truth(_ random: inout SplitMix64) -> Truth {
        var truth = Truth()
        func receipt(_ at: Timestamp, _ phone: String) -> PaymentReceipt {
            // Masked, hidden, or told in full.
            let digits = phone.dropFirst()
            let payer = ["2547 ***** \(digits.suffix(3))", nil, "2547 ***** 10*", String(digits)]
            let told = payer[Int.random(in: 0..<payer.count, using: &random)]
            return PaymentReceipt(number: "UK\(truth.receipts.count)", paidAt: at, payer: told, source: .paybill)
        }
        for index in 0..<Int.random(in: 1...7, using: &random) {
            let phone = phones[Int.random(in: 0..<2, using: &random)]
            let at = start + .seconds(Double(Int.random(in: 0...8, using: &random) * 150))
            guard Int.random(in: 0..<3, using: &random) > 0 else {
                truth.receipts.append(receipt(at, phone))
                continue
            }
            let push = PaymentMatching.Push(id: id(index), phone: phone, askedAt: at)
            truth.pushes.append(push)
            guard Int.random(in: 0..<4, using: &random) > 0 else { continue }
            let paid = receipt(at + .seconds(Double(Int.random(in: -120...600, using: &random))), phone)
            truth.receipts.append(paid)
            truth.answers[push.id] = paid
        }
        return truth
    }

    private static func news(of truth: Truth, _ random: inout SplitMix64) -> [PaymentMatching.News] {
        var news: [PaymentMatching.News] = []
        for (push, receipt) in truth.answers.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<Int.random(in: 0...2, using: &random) { news.append(.paid(push)) }
            for _ in 0..<Int.random(in: 0...2, using: &random) { news.append(.told(push, receipt)) }
        }
        for receipt in truth.receipts {
            for _ in 0..<Int.random(in: 0...2, using: &random) { news.append(.received(receipt)) }
        }
        news.shuffle(using: &random)
        // In the end there is a list of all.
        return news + truth.receipts.map { .received($0) }
    }

    @Test func noHistoryCreditsMoreThanWasPaidOrLessInTheEnd() {
        for seed in UInt64(0)..<20_000 {
            var random = SplitMix64(seed: seed)
            let truth = Self.truth(&random)
            var credits: [PaymentCredit] = []
            var (paid, received) = (Set<Identifier>(), Set<String>())
            for piece in Self.news(of: truth, &random) {
                var matching = PaymentMatching(pushes: truth.pushes, credits: credits)
                matching.take(piece)
                let known = credits.count
                // As the database gives names to what is new.
                credits = matching.credits.enumerated().map { index, credit in
                    var credit = credit
                    credit.paymentID = Self.id(1000 + index)
                    credit.topupID = credit.topupID ?? Self.id(2000 + index)
                    return credit
                }
                switch piece {
                case .paid(let push): paid.insert(push)
                case .received(let receipt): received.insert(receipt.number)
                case .told(let push, let receipt):
                    paid.insert(push)
                    received.insert(receipt.number)
                }
                let actual = received.union(paid.compactMap { truth.answers[$0]?.number })
                let fault = Self.fault(credits, known, actual.count, paid, received)
                #expect(fault == nil, "seed \(seed): \(fault ?? "")")
                if fault != nil { return }
            }
            #expect(credits.count == truth.receipts.count, "seed \(seed)")
            #expect(credits.allSatisfy { $0.receipt != nil }, "seed \(seed)")
        }
    }

    private static func fault(
        _ credits: [PaymentCredit],
        _ before: Int,
        _ actual: Int,
        _ paid: Set<Identifier>,
        _ received: Set<String>
    ) -> String? {
        if credits.count < before { return "a credit is gone" }
        if credits.count > actual { return "\(credits.count) credits of \(actual) payments" }
        let numbers = credits.compactMap(\.receipt?.number)
        if Set(numbers) != received || numbers.count != received.count { return "receipts are lost or doubled" }
        let topups = credits.compactMap(\.topupID)
        if Set(topups).count != topups.count { return "a top-up is credited twice" }
        if !paid.isSubset(of: credits.filter(\.isTied).compactMap(\.topupID)) { return "a paid push has no credit" }
        return credits.contains { $0.receipt == nil && !$0.isTied } ? "a credit without a payment" : nil
    }

    /// The largest matching needs a receipt to move: the one that came first may have answered either push, the second only that.
    @Test func aReceiptMovesWhenAnotherCanOnlyBeThere() {
        let early = PaymentMatching.Push(id: Self.id(1), phone: nil, askedAt: Self.start)
        let late = PaymentMatching.Push(id: Self.id(2), phone: nil, askedAt: Self.start + .seconds(300))
        var credits: [PaymentCredit] = []
        func take(_ news: PaymentMatching.News) {
            var matching = PaymentMatching(pushes: [early, late], credits: credits)
            matching.take(news)
            credits = matching.credits
        }
        let first = PaymentReceipt(number: "UK1", paidAt: Self.start + .seconds(5), source: .paybill)
        let second = PaymentReceipt(number: "UK2", paidAt: Self.start + .seconds(310), source: .paybill)
        take(.paid(early.id))
        take(.received(second))
        #expect(credits.map(\.receipt?.number) == ["UK2"])
        take(.paid(late.id))
        take(.received(first))
        let shown = Dictionary(uniqueKeysWithValues: credits.map { ($0.topupID, $0.receipt?.number) })
        #expect(shown == [early.id: "UK1", late.id: "UK2"])
    }

    @Test func aSecondReceiptThatTheProviderPutsToAPushIsAnotherPayment() {
        let push = PaymentMatching.Push(id: Self.id(1), phone: nil, askedAt: Self.start)
        let other = PaymentMatching.Push(id: Self.id(2), phone: nil, askedAt: Self.start)
        var matching = PaymentMatching(pushes: [push, other], credits: [])
        matching.take(.told(push.id, PaymentReceipt(number: "UK1", paidAt: Self.start, source: .pushCallback)))
        matching.take(.told(push.id, PaymentReceipt(number: "UK2", paidAt: Self.start, source: .pushCallback)))
        #expect(matching.credits.count == 2)
        matching.take(.paid(other.id))
        #expect(matching.credits.count == 3)
    }
}
