import Database
import Ledger
import Logging
import Primitives

/// Puts received money where it belongs, once, whoever tells of it and however often: the one place that credits payments.
///
/// A receipt names a payment for ever. News without one (a push that is known to be paid, but not by which payment) leave a
/// credit that the receipt's own news meet when they come; and if a receipt came before that may be theirs, they leave none.
/// What may be the same is taken for the same: each push that is known to be paid then has a receipt of its own in the
/// end, and each receipt is credited once, although it may be another's. All this is in the caller's transaction.
struct TakePayment {
    /// What came of the news.
    enum Outcome: Equatable {
        /// The money is in a wallet since this transaction.
        case credited
        /// It was before.
        case known
        /// The operator must say whose it is.
        case suspense(SuspenseReason)
    }

    /// By how much the provider's clock may differ from ours, and how long a phone can take to pay.
    private static let (earliest, latest) = (Duration.seconds(120), Duration.seconds(600))

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func callAsFunction(_ news: PaymentNews, in tx: SQLTransaction) throws -> Outcome {
        let asked = try news.topupID.flatMap { try TopupTable.find($0, in: tx) }
        let workspace = try asked.map { try WorkspaceTable.require($0.workspaceID, in: tx) } ?? payee(of: news, in: tx)
        // News of one workspace meet each other here.
        guard let workspace else { return try place(news, with: nil, in: tx) }
        let current = try WorkspaceTable.takeTurn(workspace.id, in: tx)
        return try TakePayment(context.onClock(of: current)).place(news, with: current, in: tx)
    }

    private func place(_ news: PaymentNews, with workspace: Workspace?, in tx: SQLTransaction) throws -> Outcome {
        let now = context.clock.now()
        if let receipt = news.receipt, let known = try PaymentTable.lock(receipt: receipt, isTest: news.isTest, in: tx)
        {
            return try meet(known, news, at: now, in: tx)
        }
        guard let workspace else { return try suspend(news, .unmatched, at: now, in: tx) }
        if let id = news.topupID, let topup = try TopupTable.lock(id, in: tx) {
            return try take(news, for: topup, of: workspace, at: now, in: tx)
        }
        if let topup = try answered(by: news, of: workspace, in: tx) {
            return try take(news, for: topup, of: workspace, at: now, in: tx)
        }
        return try credit(news, to: workspace, for: nil, at: now, in: tx)
    }

    private func payee(of news: PaymentNews, in tx: SQLTransaction) throws -> Workspace? {
        guard let account = news.account else { return nil }
        return try FindPayee.workspace(named: account, isTest: news.isTest, in: tx)
    }

    /// The push that a payment to the Paybill is: a push sends both its callback and this (facts M-Pesa, section 6).
    ///
    /// One that is credited already and waits for its receipt comes first: to credit another would be to credit twice. Then
    /// those asked before the payment, the latest first; the provider's clock may be behind ours.
    private func answered(by news: PaymentNews, of workspace: Workspace, in tx: SQLTransaction) throws -> Topup? {
        guard let amount = news.amountMinor else { return nil }
        let span = news.occurredAt - Self.latest...news.occurredAt + Self.earliest
        let found = try TopupTable.withoutReceipt(of: workspace.id, amountMinor: amount, askedBetween: span, in: tx)
            .filter { Self.couldBe(news.payer, $0) }
        func rank(_ topup: Topup) -> Int {
            (topup.status == .confirmed ? 0 : 2) + (topup.askedAt.map { $0 <= news.occurredAt } == true ? 0 : 1)
        }
        // Stable: of the same rank the newest stays first.
        return found.enumerated().min { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }?.element
    }

    /// A payment that is credited already, and may be the one that a push was paid by.
    private func made(for topup: Topup, of workspace: Workspace, in tx: SQLTransaction) throws -> Payment? {
        guard let askedAt = topup.askedAt else { return nil }
        return try PaymentTable.untied(
            of: workspace.id,
            amountMinor: topup.amountMinor,
            paidIn: askedAt - Self.earliest...askedAt + Self.latest,
            in: tx
        ).first { Self.couldBe($0.payer, topup) }
    }

    private static func couldBe(_ payer: String?, _ topup: Topup) -> Bool {
        guard let phone = topup.phone, let payer else { return true }
        return PayerText(text: payer).couldBe(phone) ?? true
    }

    private func take(
        _ news: PaymentNews,
        for topup: Topup,
        of workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Outcome {
        if let amount = news.amountMinor, amount != topup.amountMinor {
            if let status = TopupStateMachine.next(topup.status, .refused) {
                try TopupTable.end(topup.id, as: status, TopupFailure(.amountMismatch), at: now, in: tx)
            }
            return try suspend(news, .amountMismatch, at: now, in: tx)
        }
        guard topup.status == .confirmed, let paymentID = topup.paymentID else {
            if news.receipt == nil, let payment = try made(for: topup, of: workspace, in: tx) {
                try tie(payment, to: topup, at: now, in: tx)
                return .known
            }
            return try credit(news, to: workspace, for: topup, at: now, in: tx)
        }
        guard let receipt = news.receipt else { return .known }
        // Another payment than the one that confirmed it: it was made, so it counts.
        guard topup.receipt == nil else { return try credit(news, to: workspace, for: nil, at: now, in: tx) }
        try PaymentTable.setReceipt(receipt, of: paymentID, in: tx)
        try TopupTable.setReceipt(receipt, of: topup.id, in: tx)
        return .known
    }

    /// A second voice about a receipt: it may say which top-up it was for, and never moves money twice.
    private func meet(_ known: Payment, _ news: PaymentNews, at now: Timestamp, in tx: SQLTransaction) throws -> Outcome
    {
        if let amount = news.amountMinor, amount != known.amountMinor {
            context.logger.error(
                "two sources disagree about a payment",
                metadata: [
                    "receipt": "\(known.receipt ?? "")", "known_minor": "\(known.amountMinor)",
                    "told_minor": "\(amount)",
                    "source": "\(news.source.rawValue)",
                ]
            )
            return .known
        }
        if let id = news.topupID, known.topupID == id { try PaymentTable.tie(known.id, to: id, in: tx) }
        guard let id = news.topupID, known.topupID != id, let topup = try TopupTable.lock(id, in: tx),
            topup.status != .confirmed, topup.amountMinor == known.amountMinor
        else { return known.status == .suspense ? .suspense(known.reason ?? .unmatched) : .known }
        if known.status == .suspense {
            try ResolvePayment(context).give(known, to: topup, of: topup.workspaceID, at: now, in: tx)
            try PaymentTable.tie(known.id, to: topup.id, in: tx)
            return .credited
        }
        guard known.workspaceID == topup.workspaceID else { return .known }
        try tie(known, to: topup, at: now, in: tx)
        return .known
    }

    /// A payment that was credited as another top-up's, or as one of its own, was this one's: nothing moves.
    private func tie(_ payment: Payment, to topup: Topup, at now: Timestamp, in tx: SQLTransaction) throws {
        guard let earlier = payment.topupID else { return }
        try TopupTable.confirm(topup.id, with: payment.id, receipt: payment.receipt, at: now, in: tx)
        try TopupTable.merge(earlier, into: topup.id, in: tx)
        try PaymentTable.tie(payment.id, to: topup.id, in: tx)
    }

    private func credit(
        _ news: PaymentNews,
        to workspace: Workspace,
        for topup: Topup?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Outcome {
        guard let amount = news.amountMinor ?? topup?.amountMinor, amount > 0 else {
            throw DatabaseError.statement("a payment without an amount")
        }
        let payment = payment(news, amount, .credited, owner: (workspace.id, topup?.id ?? context.ids.next()), at: now)
        try PaymentTable.insert(payment, in: tx)
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        try CreditTopup(context)(payment, to: workspace, from: accounts[.receipts], confirming: topup, at: now, in: tx)
        return .credited
    }

    private func suspend(
        _ news: PaymentNews,
        _ reason: SuspenseReason,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Outcome {
        guard let amount = news.amountMinor, amount > 0,
            let receipts = OperatorAccounts.reference(.receipts, isTest: news.isTest),
            let suspense = OperatorAccounts.reference(.suspense, isTest: news.isTest)
        else { throw DatabaseError.statement("a payment without an amount") }
        let payment = payment(news, amount, .suspense, reason, at: now)
        try PaymentTable.insert(payment, in: tx)
        let entry = EntryDraft(
            key: "suspense:\(payment.id)",
            kind: .suspense,
            description: "Payment \(news.receipt ?? "") to be resolved",
            referenceID: payment.id,
            postings: [.init(.debit, amount, receipts), .init(.credit, amount, suspense)]
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
        context.logger.warning(
            "a payment waits for the operator",
            metadata: ["receipt": "\(news.receipt ?? "")", "reason": "\(reason.rawValue)"]
        )
        return .suspense(reason)
    }

    private func payment(
        _ news: PaymentNews,
        _ amountMinor: Int64,
        _ status: PaymentStatus,
        _ reason: SuspenseReason? = nil,
        owner: (workspaceID: Identifier, topupID: Identifier)? = nil,
        at now: Timestamp
    ) -> Payment {
        Payment(
            id: context.ids.next(),
            receipt: news.receipt,
            source: news.source,
            amountMinor: amountMinor,
            payer: news.payer,
            account: news.account,
            occurredAt: news.occurredAt,
            status: status,
            reason: reason,
            workspaceID: owner?.workspaceID,
            topupID: owner?.topupID,
            isTied: news.topupID != nil,
            isTest: news.isTest,
            createdAt: now
        )
    }
}
