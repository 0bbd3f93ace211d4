import Database
import Ledger
package import Primitives

/// Moves a number from the inventory into a workspace and charges its first rental.
package struct ClaimNumber: Sendable {
    /// Which number is wanted.
    package enum Wanted: Sendable {
        /// By its digits.
        case e164(String)
        /// By its inventory id.
        case id(Identifier)
    }

    /// What was claimed.
    package struct Claimed: Sendable {
        /// The number, active.
        package let number: VoiceNumber
        /// Signs what is sent to its URLs; shown this once.
        package let signingSecret: String
        /// What was charged for the rest of the month.
        package let charge: RentalCharge
        /// Whether an equal request with this `Idempotency-Key` had claimed it before.
        package let isReplay: Bool
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Claims a number, or answers as before when the request is a repetition.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.already_claimed`, `wallet.insufficient_funds`,
    ///   `workspace.suspended`, `idempotency.conflict` or naming a field; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        wanted: Wanted,
        routing: NumberRouting = NumberRouting(),
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Claimed {
        if let fault = PlatformError(routing.faults) { throw fault }
        let number: String? =
            if case .e164(let text) = wanted { try PhoneNumber(parsing: text, field: "number").e164 } else { nil }
        let secret = routing.signingSecret ?? "whsec_" + context.ids.secret(byteCount: 24).hexString
        let now = context.clock.now()
        let charge = RentalCharge.fromToday(now, context.settings)
        return try await context.database.write { tx in
            let workspace = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let found = try find(wanted, number: number, in: tx)
            if let idempotency {
                let earlier = try IdempotencyTable.claim(
                    idempotency,
                    of: workspaceID,
                    for: found.id,
                    at: now,
                    lifetime: context.settings.idempotencyLifetime,
                    in: tx
                )
                if let earlier { return try replay(earlier, of: workspaceID, in: tx) }
            }
            let sealed = try context.secrets.seal(secret, context: "number:\(found.id)")
            guard
                try NumberTable.claim(
                    found.id,
                    for: workspaceID,
                    routing: routing,
                    sealedSecret: sealed,
                    paidUntil: charge.paidUntil,
                    at: now,
                    in: tx
                )
            else {
                throw PlatformError(
                    .numberAlreadyClaimed,
                    "\(found.e164) is no longer available. Choose another.",
                    field: "number"
                )
            }
            try post(charge, for: found, to: workspace, at: now, in: tx)
            guard let claimed = try NumberTable.find(id: found.id, in: tx) else { throw Self.unknown }
            try NumberEvents(context).provisioned(claimed, workspaceID: workspaceID, at: now, in: tx)
            return Claimed(number: claimed, signingSecret: secret, charge: charge, isReplay: false)
        }
    }

    private static let unknown = PlatformError(
        .numberNotFound,
        "There is no such number. GET /v1/numbers/available lists those that can be claimed.",
        field: "number"
    )

    private func find(_ wanted: Wanted, number: String?, in tx: SQLTransaction) throws -> VoiceNumber {
        let found =
            switch wanted {
            case .e164(let text): try NumberTable.find(e164: number ?? text, in: tx)
            case .id(let id): try NumberTable.find(id: id, in: tx)
            }
        guard let found else { throw Self.unknown }
        return found
    }

    private func replay(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Claimed {
        guard let number = try NumberTable.find(id: id, in: tx), number.workspaceID == workspaceID,
            let sealed = try NumberTable.sealedSecret(of: id, in: tx)
        else { throw Self.unknown }
        let secret = try context.secrets.open(sealed, context: "number:\(id)")
        let charge = RentalCharge.fromToday(number.claimedAt ?? context.clock.now(), context.settings)
        return Claimed(number: number, signingSecret: secret, charge: charge, isReplay: true)
    }

    /// The rental of the rest of the month, and its VAT.
    private func post(
        _ charge: RentalCharge,
        for number: VoiceNumber,
        to workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        guard charge.netMinor > 0 else { return }
        guard try accounts.walletBalance(context.ledger, in: tx) >= charge.totalMinor else {
            throw PlatformError(
                .insufficientFunds,
                """
                The rest of this month costs \(JSONValue.decimal(minor: charge.totalMinor).text) KES with VAT. Top up \
                the wallet.
                """
            )
        }
        let entry = EntryDraft(
            key: "rental:\(number.id):\(charge.paidUntil.millisecondsSinceEpoch)",
            kind: .numberRental,
            description: "Rental of \(number.e164), \(charge.days) of \(charge.daysInMonth) days",
            referenceID: number.id,
            postings: charge.postings(accounts, isRefund: false)
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
    }
}
