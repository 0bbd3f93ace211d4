import Database
import Ledger
import Logging
import Primitives

/// The credits of one workspace and one amount around a moment, read from the database, and changed there by what is told.
struct PaymentCredits {
    /// What is further away in time than this has nothing to do with the news.
    private static let reach = Duration.seconds(3600)

    let context: PlatformContext
    let workspace: Workspace
    let amountMinor: Int64

    /// Takes in what is told; the caller has the workspace's turn.
    ///
    /// - Parameter topup: the push that the news are about, if they name one.
    /// - Returns: whether money was credited.
    func take(
        _ news: PaymentMatching.News,
        of topup: Topup?,
        isTest: Bool,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        let moments = [topup?.push.askedAt, news.receipt?.paidAt].compactMap(\.self)
        guard let first = moments.min(), let last = moments.max() else { return false }
        let span = first - Self.reach...last + Self.reach
        let pushes = try pushes(in: span, and: topup, in: tx)
        let before = try credits(in: span, of: pushes, news.receipt, isTest, in: tx)
        var matching = PaymentMatching(pushes: pushes.map(\.push), credits: before)
        matching.take(news)
        let (old, new) = (matching.credits.prefix(before.count), matching.credits.dropFirst(before.count))
        try change(zip(before, old).filter { $0 != $1 }, at: now, in: tx)
        for credit in new {
            let push = pushes.first { $0.id == credit.topupID }
            try add(credit, confirming: push, isTest: isTest, at: now, in: tx)
        }
        return !new.isEmpty
    }

    private func pushes(
        in span: ClosedRange<Timestamp>,
        and topup: Topup?,
        in tx: SQLTransaction
    ) throws -> [Topup] {
        let found = try TopupTable.asked(of: workspace.id, amountMinor: amountMinor, in: span, tx)
        guard let topup, !found.contains(where: { $0.id == topup.id }) else { return found }
        return found + [topup]
    }

    private func credits(
        in span: ClosedRange<Timestamp>,
        of pushes: [Topup],
        _ receipt: PaymentReceipt?,
        _ isTest: Bool,
        in tx: SQLTransaction
    ) throws -> [PaymentCredit] {
        var found = try PaymentTable.credited(of: workspace.id, amountMinor: amountMinor, paidIn: span, in: tx)
        found += try PaymentTable.credited(for: pushes.map(\.id), in: tx)
        if let receipt, let known = try PaymentTable.lock(receipt: receipt.number, isTest: isTest, in: tx) {
            found.append(known)
        }
        var seen: Set<Identifier> = []
        return found.filter { seen.insert($0.id).inserted }.map(\.credit)
    }

    // MARK: Changes

    /// Receipts move between credits, and a credit of a payment to the Paybill may turn out to be a push's. No money moves.
    private func change(
        _ changes: [(PaymentCredit, PaymentCredit)],
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        // A receipt is at one place at a time.
        try PaymentTable.clearReceipts(of: changes.compactMap(\.0.paymentID), in: tx)
        for (old, new) in changes {
            guard let id = new.paymentID, let topupID = new.topupID else { continue }
            try PaymentTable.relabel(id, new, in: tx)
            if let earlier = old.topupID, earlier != topupID {
                try TopupTable.confirm(topupID, with: id, receipt: new.receipt?.number, at: now, in: tx)
                try TopupTable.merge(earlier, into: topupID, in: tx)
            } else {
                try TopupTable.setReceipt(new.receipt?.number, of: topupID, in: tx)
            }
            if new.receipt == nil, !new.isTied {
                context.logger.error("a credit has no payment", metadata: ["payment_id": "\(id)"])
            }
        }
    }

    private func add(
        _ credit: PaymentCredit,
        confirming push: Topup?,
        isTest: Bool,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let payment = Payment(
            id: context.ids.next(),
            receipt: credit.receipt?.number,
            source: credit.receipt?.source ?? .pushQuery,
            amountMinor: amountMinor,
            payer: credit.receipt?.payer ?? push?.phone,
            account: credit.receipt?.account,
            occurredAt: credit.receipt?.paidAt ?? push?.push.askedAt ?? now,
            status: .credited,
            reason: nil,
            workspaceID: workspace.id,
            topupID: credit.topupID ?? context.ids.next(),
            isTied: credit.isTied,
            isCertain: credit.isCertain,
            isTest: isTest,
            createdAt: now
        )
        try PaymentTable.insert(payment, in: tx)
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        try CreditTopup(context)(payment, to: workspace, from: accounts[.receipts], confirming: push, at: now, in: tx)
    }
}

extension Topup {
    fileprivate var push: PaymentMatching.Push {
        PaymentMatching.Push(id: id, phone: phone, askedAt: askedAt ?? createdAt)
    }
}

extension Payment {
    fileprivate var credit: PaymentCredit {
        PaymentCredit(
            paymentID: id,
            topupID: topupID,
            receipt: receipt.map {
                PaymentReceipt(number: $0, paidAt: occurredAt, payer: payer, account: account, source: source)
            },
            isTied: isTied,
            isCertain: isCertain
        )
    }
}
