import Database
import Ledger
package import Primitives

/// Gives a wallet back what it paid, or a part of it, as the reversal of the entry that took it.
package struct RefundCharge: Sendable {
    /// What was given back.
    package struct Refund: Sendable, Equatable {
        /// The reversal's id.
        package let id: Identifier
        /// Whose wallet has it.
        package let workspaceID: Identifier
        /// Minor units.
        package let amountMinor: Int64
        /// The wallet's new balance in minor units.
        package let balanceMinor: Int64
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Refunds a charge, once per key; all refunds together never more than the charge was.
    ///
    /// - Parameters:
    ///   - entryID: the charge, as `GET /v1/wallet/transactions` names it.
    ///   - amountMinor: above zero; all that is left when nil.
    ///   - key: names the refund within the workspace; the same key again changes nothing.
    ///   - reason: 1 to 200 bytes, which the customer sees.
    /// - Throws: `PlatformError` naming the field, `wallet.transaction_not_found`, `wallet.not_refundable`,
    ///   `wallet.refund_too_large`, or `idempotency.conflict` for a key that was used for another refund; `DatabaseError`.
    package func callAsFunction(
        _ entryID: Identifier,
        amountMinor: Int64?,
        key: String,
        reason: String
    ) async throws -> Refund {
        if let fault = PlatformError(WalletText.faults(amountMinor, key: key, reason: reason)) { throw fault }
        return try await context.database.write(isolation: .readCommitted) { tx in
            guard let charge = try LedgerEntries.find(entryID, in: tx),
                let wallet = charge.sides.first(where: { $0.account.kind == .wallet })?.account
            else { throw PlatformError(.entryNotFound, "There is no transaction \(entryID.rendered(prefix: "txn")).") }
            // From here on nobody else reverses it, and what they did is seen.
            try context.ledger.lock(charge.sides.map(\.account), in: tx)
            let draftKey = "refund:\(wallet.workspaceID):\(key)"
            if let earlier = try LedgerEntries.find(key: draftKey, in: tx) {
                return try repeated(earlier, of: charge, amountMinor, wallet, in: tx)
            }
            let entry = try draft(draftKey, charge, amountMinor, reason, in: tx)
            let context = try context.onClock(of: wallet.workspaceID, in: tx)
            _ = try context.ledger.post(entry, at: context.clock.now(), in: tx)
            guard let posted = try LedgerEntries.find(key: draftKey, in: tx) else {
                throw DatabaseError.statement("a refund was not posted")
            }
            try note(posted, of: charge, wallet, reason, in: tx)
            try RetryUnpaid(context)(wallet.workspaceID, in: tx)
            return try refund(posted, wallet, in: tx)
        }
    }

    private func draft(
        _ key: String,
        _ charge: PostedEntry,
        _ wanted: Int64?,
        _ reason: String,
        in tx: SQLTransaction
    ) throws -> EntryDraft {
        let reversed = try LedgerEntries.reversed(charge.id, in: tx)
        guard let reversal = ChargeReversal(of: charge, reversed: reversed) else {
            throw PlatformError(.entryNotRefundable, "This transaction is no charge, so it cannot be refunded.")
        }
        let amountMinor = wanted ?? reversal.leftMinor
        guard amountMinor > 0, amountMinor <= reversal.leftMinor else {
            throw PlatformError(
                .refundTooLarge,
                "\(reversal.leftMinor) of this charge's \(charge.amountMinor) minor units are left to refund.",
                field: "amount_minor"
            )
        }
        return EntryDraft(
            key: key,
            kind: .reversal,
            description: "Refund: \(reason)",
            referenceID: charge.id,
            postings: reversal.postings(amountMinor)
        )
    }

    private func repeated(
        _ earlier: PostedEntry,
        of charge: PostedEntry,
        _ amountMinor: Int64?,
        _ wallet: AccountReference,
        in tx: SQLTransaction
    ) throws -> Refund {
        guard earlier.referenceID == charge.id, amountMinor ?? earlier.amountMinor == earlier.amountMinor else {
            throw PlatformError(.idempotencyConflict, "This key was used for another refund.", field: "key")
        }
        return try refund(earlier, wallet, in: tx)
    }

    private func refund(_ entry: PostedEntry, _ wallet: AccountReference, in tx: SQLTransaction) throws -> Refund {
        Refund(
            id: entry.id,
            workspaceID: wallet.workspaceID,
            amountMinor: entry.amountMinor,
            balanceMinor: try context.ledger.balance(of: wallet, in: tx)
        )
    }

    private func note(
        _ posted: PostedEntry,
        of charge: PostedEntry,
        _ wallet: AccountReference,
        _ reason: String,
        in tx: SQLTransaction
    ) throws {
        try RecordAudit(context)(
            .walletRefunded,
            of: charge.id,
            after: [
                "amount_minor": .integer(posted.amountMinor), "currency": .string(wallet.currency.code),
                "refund_id": .string(posted.id.uuidString), "reason": .string(reason),
            ],
            workspaceID: wallet.workspaceID,
            in: tx
        )
    }
}
