import Database
import Ledger
import Primitives

/// Accepts a call: everything that must be true of it is checked and written in one transaction, and then a voice node dials.
package struct PlaceCall: Sendable {
    /// What was accepted.
    package struct Placed: Sendable {
        /// The call; `initiated` unless the request is a repetition.
        package let call: Call
        /// Whether an equal request with this `Idempotency-Key` had placed it before.
        package let isReplay: Bool
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Places a call.
    ///
    /// - Throws: `PlatformError` naming the field at fault, `numbers.not_owned`, `numbers.not_active`,
    ///   `wallet.insufficient_funds`, `calls.no_rate`, `calls.too_many_concurrent`, `workspace.suspended` or `idempotency.conflict`; `DatabaseError`.
    package func callAsFunction(_ request: CallRequest) async throws -> Placed {
        if let fault = PlatformError(request.faults(context.settings)) { throw fault }
        let from = try PhoneNumber(parsing: request.from, field: "from").e164
        let to = try PhoneNumber(parsing: request.to, field: "to").e164
        let callerID = try request.callerID.map { number throws(PlatformError) in
            try PhoneNumber(parsing: number, field: "caller_id").e164
        }
        let now = context.clock.now()
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        let rate = try await Rates(context).rate(for: to, at: now)
        let limit = context.settings.maxConcurrentCalls
        // Locks say what must hold, rather than the isolation: equal transactions at a high rate would fail each other.
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(request.workspaceID, inTurn: limit > 0, in: tx)
            let once = Once(context: context, scopeID: workspace.id, request: request.idempotency)
            if let earlier = try once.earlier(making: id, at: now, in: tx),
                let call = try CallTable.find(earlier.id, in: tx)
            {
                return Placed(call: call, isReplay: true)
            }
            let number = try ownedNumber(from, of: workspace, field: "from", in: tx)
            if let callerID { _ = try ownedNumber(callerID, of: workspace, field: "caller_id", in: tx) }
            try requireFunds(of: workspace, in: tx)
            try requireRoom(for: workspace, limit: limit, in: tx)
            let call = Call(
                id: id,
                workspaceID: workspace.id,
                sessionID: sessionID,
                from: from,
                to: to,
                callerID: callerID ?? from,
                numberID: number.id,
                status: .initiated,
                clientRequestID: request.clientRequestID,
                voiceCallbackURL: request.voiceCallbackURL ?? number.voiceCallbackURL,
                record: request.record,
                actions: request.actions,
                ringTimeout: request.ringTimeout ?? context.settings.ringTimeout,
                ratePerMinuteMinor: try Rates.perMinuteMinor(rate, to: to),
                currency: workspace.currency,
                placedBy: context.asker.id,
                createdAt: now,
                durationSeconds: 0,
                costMinor: 0,
                updatedAt: now
            )
            try CallTable.insert(call, in: tx)
            try VoiceCommandTable.insert(.dial, callID: id, nodeID: nil, id: context.ids.next(), at: now, in: tx)
            try CallEvents(context).emit(.started, of: call, from: number, at: now, in: tx)
            return Placed(call: call, isReplay: false)
        }
    }

    private func ownedNumber(
        _ e164: String,
        of workspace: Workspace,
        field: String,
        in tx: SQLTransaction
    ) throws -> VoiceNumber {
        guard let number = try NumberTable.find(e164: e164, for: workspace, in: tx),
            number.workspaceID == workspace.id, number.status != .reserved
        else {
            throw PlatformError(
                .numberNotOwned,
                "\(e164) is not a number of this workspace. Claim it first, or use one of yours.",
                field: field
            )
        }
        guard number.isInService else {
            throw PlatformError(
                .numberNotActive,
                "\(e164) is \(number.status.rawValue) and cannot be used.",
                field: field
            )
        }
        return number
    }

    private func requireFunds(of workspace: Workspace, in tx: SQLTransaction) throws {
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        guard try accounts.walletBalance(context.ledger, in: tx) > 0 else {
            throw PlatformError(.insufficientFunds, "The wallet is empty. Top it up and try again.")
        }
    }

    private func requireRoom(for workspace: Workspace, limit: Int, in tx: SQLTransaction) throws {
        if limit > 0, try CallTable.hasLiveCalls(limit, of: workspace.id, in: tx) {
            throw PlatformError(
                .tooManyCalls,
                "\(limit) calls of this workspace are live already. Wait for one to end."
            )
        }
    }
}
