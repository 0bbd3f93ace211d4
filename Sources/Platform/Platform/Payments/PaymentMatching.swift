import Primitives

/// Which of the receipts that are known answered which of the pushes that are known to be paid, as far as anyone can know: a value,
/// about one workspace and one amount.
///
/// A push that is said to be paid is a payment, and so is a receipt; the two may be the same. What may be the same is taken for the
/// same, so that as few payments are credited as explain all that was heard: the pushes and the receipts, less the largest matching
/// of the two (Kuhn's algorithm). What really happened is such a matching, so never more is credited than was paid; and since each
/// receipt is told in the end, as much is credited as was paid. Nothing that was heard makes the number smaller.
struct PaymentMatching {
    /// What somebody has told.
    enum News {
        /// A push was paid, nobody says by which receipt.
        case paid(Identifier)
        /// A receipt, nobody says of which push.
        case received(PaymentReceipt)
        /// A push, and the receipt that answered it.
        case told(Identifier, PaymentReceipt)

        /// The receipt, if one is told.
        var receipt: PaymentReceipt? {
            switch self {
            case .paid: nil
            case .received(let receipt), .told(_, let receipt): receipt
            }
        }
    }

    /// A push, as far as it matters here.
    struct Push: Equatable {
        let id: Identifier
        /// The telephone that was asked, E.164.
        let phone: String?
        let askedAt: Timestamp
    }

    /// By how much the provider's clock may differ from ours, and how long a phone can take to pay.
    static let (earliest, latest) = (Duration.seconds(120), Duration.seconds(600))

    /// What is credited: that which was before in its order, then what is new.
    private(set) var credits: [PaymentCredit]
    private let pushes: [Identifier: Push]
    /// Receipts by their numbers.
    private var receipts: [String: PaymentReceipt] = [:]
    /// Pushes that are said to be paid.
    private var paid: Set<Identifier> = []
    /// The receipts that the provider says answered a push.
    private var certain: [Identifier: String] = [:]
    /// Receipts that the provider says were a second payment for a push: they are nobody else's.
    private var second: Set<String> = []
    private var receiptOf: [Identifier: String] = [:]
    private var pushOf: [String: Identifier] = [:]

    /// - Parameters:
    ///   - pushes: those that may have been answered at that time.
    ///   - credits: what is credited of that time, and of these pushes.
    init(pushes: [Push], credits: [PaymentCredit]) {
        self.pushes = Dictionary(pushes.map { ($0.id, $0) }) { first, _ in first }
        self.credits = credits
        for credit in credits {
            if credit.isTied, let push = credit.topupID { paid.insert(push) }
            guard let receipt = credit.receipt else { continue }
            receipts[receipt.number] = receipt
            guard credit.isTied, let push = credit.topupID else {
                if credit.isCertain { second.insert(receipt.number) }
                continue
            }
            match(push, receipt.number)
            if credit.isCertain { certain[push] = receipt.number }
        }
    }

    /// Takes in what is told, and changes what is credited by it.
    mutating func take(_ news: News) {
        switch news {
        case .paid(let push): paid.insert(push)
        case .received(let receipt): learn(receipt)
        case .told(let push, let receipt):
            learn(receipt)
            paid.insert(push)
            settle(push, receipt.number)
        }
        matchAll()
        assign()
    }

    private mutating func learn(_ receipt: PaymentReceipt) {
        if receipts[receipt.number] == nil { receipts[receipt.number] = receipt }
    }

    private mutating func settle(_ push: Identifier, _ number: String) {
        guard !certain.values.contains(number), !second.contains(number) else { return }
        guard certain[push] == nil else {
            second.insert(number)
            if let other = pushOf[number] { unmatch(other) }
            return
        }
        if let other = pushOf[number] { unmatch(other) }
        unmatch(push)
        match(push, number)
        certain[push] = number
    }

    private mutating func match(_ push: Identifier, _ number: String) {
        receiptOf[push] = number
        pushOf[number] = push
    }

    private mutating func unmatch(_ push: Identifier) {
        if let number = receiptOf.removeValue(forKey: push) { pushOf[number] = nil }
    }

    // MARK: The largest matching

    private mutating func matchAll() {
        for push in paid.sorted(by: isNewer) where receiptOf[push] == nil {
            var seen: Set<String> = []
            _ = findReceipt(for: push, &seen)
        }
    }

    private mutating func findReceipt(for push: Identifier, _ seen: inout Set<String>) -> Bool {
        for number in candidates(for: push) where seen.insert(number).inserted {
            if let other = pushOf[number] {
                guard certain[other] == nil, findReceipt(for: other, &seen) else { continue }
            }
            match(push, number)
            return true
        }
        return false
    }

    /// The receipts that may have answered a push, the nearest in time first.
    private func candidates(for push: Identifier) -> [String] {
        guard let push = pushes[push] else { return [] }
        return receipts.values
            .filter { !second.contains($0.number) && Self.could($0, answer: push) }
            .sorted { Self.distance($0, push) < Self.distance($1, push) }
            .map(\.number)
    }

    private static func distance(_ receipt: PaymentReceipt, _ push: Push) -> (Duration, String) {
        let difference = receipt.paidAt - push.askedAt
        return (difference < .zero ? .zero - difference : difference, receipt.number)
    }

    private static func could(_ receipt: PaymentReceipt, answer push: Push) -> Bool {
        let wait = receipt.paidAt - push.askedAt
        guard wait >= .zero - earliest, wait <= latest else { return false }
        guard let phone = push.phone, let payer = receipt.payer else { return true }
        return PayerText(text: payer).couldBe(phone) ?? true
    }

    private func isNewer(_ one: Identifier, than other: Identifier) -> Bool {
        guard let one = pushes[one], let other = pushes[other] else { return one < other }
        return (one.askedAt, one.id) > (other.askedAt, other.id)
    }

    // MARK: Credits

    /// Gives each payment its credit: as few change as can be.
    private mutating func assign() {
        var spare: [Int] = []
        for index in credits.indices {
            if let push = credits[index].topupID, paid.contains(push) {
                label(index, push)
            } else if let number = credits[index].receipt?.number, pushOf[number] == nil {
                credits[index].isCertain = second.contains(number)
            } else {
                spare.append(index)
            }
        }
        let owned = Set(credits.compactMap(\.topupID))
        for push in paid.subtracting(owned).sorted(by: isNewer) {
            let index = spare.firstIndex { credits[$0].receipt?.number == receiptOf[push] } ?? spare.indices.first
            label(index.map { spare.remove(at: $0) } ?? add(PaymentCredit()), push)
        }
        place(&spare)
        // Only what contradicts itself leaves a credit of which nobody knows a payment.
        for index in spare { (credits[index].receipt, credits[index].isCertain) = (nil, false) }
    }

    private mutating func label(_ index: Int, _ push: Identifier) {
        let number = receiptOf[push]
        credits[index].topupID = push
        credits[index].receipt = number.flatMap { receipts[$0] }
        credits[index].isTied = true
        credits[index].isCertain = number != nil && certain[push] == number
    }

    /// The receipts that no push was paid by and that have no credit yet.
    private mutating func place(_ spare: inout [Int]) {
        let kept = Set(credits.indices.filter { !spare.contains($0) }.compactMap { credits[$0].receipt?.number })
        for number in receipts.keys.sorted() where pushOf[number] == nil && !kept.contains(number) {
            guard let receipt = receipts[number] else { continue }
            let isSecond = second.contains(number)
            if spare.isEmpty {
                add(PaymentCredit(topupID: isSecond ? nil : guess(receipt), receipt: receipt, isCertain: isSecond))
            } else {
                let index = spare.removeFirst()
                (credits[index].receipt, credits[index].isCertain) = (receipt, isSecond)
            }
        }
    }

    @discardableResult
    private mutating func add(_ credit: PaymentCredit) -> Int {
        credits.append(credit)
        return credits.count - 1
    }

    /// The push that a receipt shows to be paid, as it seems: a payment to the Paybill is told of pushes, too (facts M-Pesa, section
    /// 6). Of those asked before it the latest; the provider's clock may be behind ours.
    private func guess(_ receipt: PaymentReceipt) -> Identifier? {
        let owned = Set(credits.compactMap(\.topupID))
        let found = pushes.values.filter { !owned.contains($0.id) && Self.could(receipt, answer: $0) }
        func rank(_ push: Push) -> (Int, Duration, Identifier) {
            (push.askedAt <= receipt.paidAt ? 1 : 0, push.askedAt - receipt.paidAt, push.id)
        }
        return found.max { rank($0) < rank($1) }?.id
    }
}
