import Database
import Ledger
import Logging
import Primitives

/// Puts received money where it belongs, once, whoever tells of it and however often: the one place that credits payments.
///
/// A receipt names a payment for ever; a push that is known to be paid is a payment whose receipt may still come. Which are the same
/// is found out by `PaymentMatching`, in the caller's transaction and the workspace's turn.
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
        var known: Payment?
        if let receipt = news.receipt {
            known = try PaymentTable.lock(receipt: receipt, isTest: news.isTest, in: tx)
        }
        let topup = try news.topupID.flatMap { try TopupTable.lock($0, in: tx) }
        if let known, let outcome = try meet(known, news, topup, at: now, in: tx) { return outcome }
        guard let workspace else { return try suspend(news, .unmatched, at: now, in: tx) }
        if let topup, let amount = news.amountMinor, amount != topup.amountMinor {
            if let status = TopupStateMachine.next(topup.status, .refused) {
                try TopupTable.end(topup.id, as: status, TopupFailure(.amountMismatch), at: now, in: tx)
            }
            return try suspend(news, .amountMismatch, at: now, in: tx)
        }
        guard let amount = news.amountMinor ?? topup?.amountMinor, amount > 0 else {
            throw DatabaseError.statement("a payment without an amount")
        }
        guard let told = Self.told(news, topup) else { return .known }
        let credits = PaymentCredits(context: context, workspace: workspace, amountMinor: amount)
        return try credits.take(told, of: topup, isTest: news.isTest, at: now, in: tx) ? .credited : .known
    }

    private static func told(_ news: PaymentNews, _ topup: Topup?) -> PaymentMatching.News? {
        let receipt = news.receipt.map {
            PaymentReceipt(
                number: $0,
                paidAt: news.occurredAt,
                payer: news.payer,
                account: news.account,
                source: news.source
            )
        }
        return switch (topup, receipt) {
        case (let topup?, let receipt?): .told(topup.id, receipt)
        case (let topup?, nil): .paid(topup.id)
        case (nil, let receipt?): .received(receipt)
        case (nil, nil): nil
        }
    }

    private func payee(of news: PaymentNews, in tx: SQLTransaction) throws -> Workspace? {
        guard let account = news.account else { return nil }
        return try FindPayee.workspace(named: account, isTest: news.isTest, in: tx)
    }

    /// A second voice about a receipt: what came of it, unless it says of a credited one which top-up it was for.
    private func meet(
        _ known: Payment,
        _ news: PaymentNews,
        _ topup: Topup?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Outcome? {
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
        let fitting = topup.flatMap { $0.amountMinor == known.amountMinor ? $0 : nil }
        guard known.status == .suspense else {
            return fitting.map { $0.workspaceID == known.workspaceID } == true ? nil : .known
        }
        guard let fitting, fitting.status != .confirmed else { return .suspense(known.reason ?? .unmatched) }
        try ResolvePayment(context).give(known, to: fitting, of: fitting.workspaceID, at: now, in: tx)
        try PaymentTable.tie(known.id, in: tx)
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
        let payment = Payment(
            id: context.ids.next(),
            receipt: news.receipt,
            source: news.source,
            amountMinor: amount,
            payer: news.payer,
            account: news.account,
            occurredAt: news.occurredAt,
            status: .suspense,
            reason: reason,
            workspaceID: nil,
            topupID: nil,
            isTied: false,
            isCertain: false,
            isTest: news.isTest,
            createdAt: now
        )
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
}
