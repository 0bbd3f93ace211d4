import Database
import Ledger
package import Primitives

/// Accepts a request to be paid by a phone; a worker asks the phone.
package struct RequestTopup: Sendable {
    /// What the client sent.
    package struct Wish: Sendable {
        /// The phone that pays; it need not be a user's.
        package var phone: String
        /// Minor units, whole shillings.
        package var amountMinor: Int64
        /// The wallet's currency; nil takes that.
        package var currency: String?
        /// Who is asked for the money; nil is M-Pesa.
        package var provider: String?

        /// Takes the fields as they came.
        package init(phone: String, amountMinor: Int64, currency: String? = nil, provider: String? = nil) {
            self.phone = phone
            self.amountMinor = amountMinor
            self.currency = currency
            self.provider = provider
        }
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Accepts a top-up: pending, unless the request is a repetition.
    ///
    /// - Throws: `PlatformError` naming the field at fault, `wallet.currency_mismatch`, `topups.unavailable`,
    ///   `topups.already_pending` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(
        _ wish: Wish,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (topup: Topup, account: String, isReplay: Bool) {
        let phone = try phone(of: wish)
        return try await context.database.write(isolation: .readCommitted) { tx in
            try accept(wish, phone, workspaceID, idempotency, in: tx)
        }
    }

    /// Whether a top-up would be accepted; it is, and is taken back, so that no phone is asked.
    ///
    /// - Returns: why it would be refused; nil when it would not.
    /// - Throws: `DatabaseError`.
    package func quote(_ wish: Wish, workspaceID: Identifier) async throws -> PlatformError? {
        do {
            let phone = try phone(of: wish)
            _ = try await context.database.rehearse(isolation: .readCommitted) { tx in
                try accept(wish, phone, workspaceID, nil, in: tx).topup
            }
            return nil
        } catch let refusal as PlatformError {
            return refusal
        }
    }

    private func phone(of wish: Wish) throws(PlatformError) -> String {
        if let fault = PlatformError(faults(wish)) { throw fault }
        let phone = try PhoneNumber(parsing: wish.phone, field: "phone_e164").e164
        guard PhoneNumber.isKenyanMobile(phone) else {
            throw PlatformError(
                .requestInvalid,
                "'phone_e164' must be a Kenyan mobile number such as +254712345678.",
                field: "phone_e164"
            )
        }
        return phone
    }

    private func accept(
        _ wish: Wish,
        _ phone: String,
        _ workspaceID: Identifier,
        _ idempotency: IdempotencyRequest?,
        in tx: SQLTransaction
    ) throws -> (topup: Topup, account: String, isReplay: Bool) {
        let (now, id) = (context.clock.now(), context.ids.next())
        let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
        let once = Once(context: context, scopeID: workspaceID, request: idempotency)
        if let earlier = try once.earlier(making: id, at: now, in: tx),
            let topup = try TopupTable.find(earlier.id, in: tx)
        {
            return (topup, workspace.mpesaAccountReference, true)
        }
        try check(wish, phone, workspace, in: tx)
        let topup = topup(id, wish.amountMinor, phone, workspace, at: now)
        try TopupTable.insert(topup, dueAt: context.serverClock.now(), in: tx)
        try RecordAudit(context)(
            .topupRequested,
            of: id,
            after: ["phone": .string(phone), "amount_minor": .integer(wish.amountMinor)],
            workspaceID: workspaceID,
            in: tx
        )
        tx.notify(Channel.payments)
        return (topup, workspace.mpesaAccountReference, false)
    }

    private func faults(_ wish: Wish) -> [FieldFault] {
        var faults: [FieldFault] = []
        let range = context.settings.topupRangeMinor
        if !range.contains(wish.amountMinor) || !wish.amountMinor.isMultiple(of: 100) {
            faults.append(
                FieldFault(
                    "amount_minor",
                    "'amount_minor' is \(range.lowerBound) to \(range.upperBound) cents, in whole shillings."
                )
            )
        }
        if let provider = wish.provider, provider != "mpesa" {
            faults.append(FieldFault("provider", "'provider' is mpesa."))
        }
        return faults
    }

    private func check(_ wish: Wish, _ phone: String, _ workspace: Workspace, in tx: SQLTransaction) throws {
        if let currency = wish.currency, currency.uppercased() != workspace.currency.code {
            throw PlatformError(
                .currencyMismatch,
                "This wallet holds \(workspace.currency.code).",
                field: "currency"
            )
        }
        guard context.settings.takesTopups(isTest: workspace.isTest) else {
            throw PlatformError(.topupsUnavailable, "This server is not connected to M-Pesa.")
        }
        // A second prompt on one phone is refused by the provider, and a nuisance to whoever holds it.
        if let pending = try TopupTable.pending(to: phone, of: workspace.id, in: tx) {
            throw PlatformError(
                .topupPending,
                "This phone is being asked already, by \(pending.id.rendered(prefix: "top"))."
            )
        }
    }

    private func topup(
        _ id: Identifier,
        _ minor: Int64,
        _ phone: String,
        _ workspace: Workspace,
        at now: Timestamp
    ) -> Topup {
        Topup(
            id: id,
            workspaceID: workspace.id,
            method: .push,
            status: .pending,
            phone: phone,
            amountMinor: minor,
            currency: workspace.currency,
            checkoutRequestID: nil,
            receipt: nil,
            failure: nil,
            isTest: workspace.isTest,
            createdAt: now,
            askedAt: nil,
            endedAt: nil,
            paymentID: nil,
            step: .created,
            attempts: 0
        )
    }
}
