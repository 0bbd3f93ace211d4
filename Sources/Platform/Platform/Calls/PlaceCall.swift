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
    ///   `wallet.insufficient_funds`, `calls.no_rate`, `workspace.suspended`, `idempotency.conflict`, or of a limit; `DatabaseError`.
    package func callAsFunction(_ request: CallRequest) async throws -> Placed {
        let wish = try Wish(request, context)
        // Locks say what must hold, rather than the isolation: equal transactions at a high rate would fail each other.
        let rate = try await Rates(context).rate(for: wish.to, at: wish.now)
        return try await context.database.write(isolation: .readCommitted) { try place(wish, at: rate, in: $0) }
    }

    /// Says what a call would cost, how it would go, and whether it would be accepted, and does nothing: the call is placed and
    /// taken back.
    ///
    /// - Throws: `PlatformError` for a request that names no destination to quote; `DatabaseError`.
    package func quote(_ request: CallRequest) async throws -> CallQuote {
        var request = request
        request.idempotency = nil
        let wish = try Wish(request, context)
        let rate = try await Rates(context).rate(for: wish.to, at: wish.now)
        return try await context.database.rehearse(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.require(wish.request.workspaceID, in: tx)
            var quote = CallQuote(
                from: wish.from,
                to: wish.to,
                ratePerMinuteMinor: rate?.perMinuteMinor,
                currency: workspace.currency,
                trunk: try TrunkTable.matching(wish.to, for: workspace, context.secrets, in: tx).first?.name
            )
            do {
                quote.admit(try place(wish, at: rate, in: tx).call)
            } catch let refusal as PlatformError {
                quote.refusal = refusal
            }
            return quote
        }
    }

    /// A request whose numbers have been read, and what is made up for its call.
    private struct Wish {
        let request: CallRequest
        let from: String
        let to: String
        let callerID: String?
        let id: Identifier
        let sessionID: String
        let now: Timestamp

        init(_ request: CallRequest, _ context: PlatformContext) throws(PlatformError) {
            if let fault = PlatformError(request.faults(context.settings)) { throw fault }
            self.request = request
            from = try PhoneNumber(parsing: request.from, field: "from").e164
            to = try PhoneNumber(parsing: request.to, field: "to").e164
            callerID = try request.callerID.map { number throws(PlatformError) in
                try PhoneNumber(parsing: number, field: "caller_id").e164
            }
            now = context.clock.now()
            id = context.ids.next()
            sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        }
    }

    private func place(_ wish: Wish, at rate: Rate?, in tx: SQLTransaction) throws -> Placed {
        let request = wish.request
        let workspace = try WorkspaceTable.holdActive(request.workspaceID, in: tx)
        let once = Once(context: context, scopeID: workspace.id, request: request.idempotency)
        if let earlier = try once.earlier(making: wish.id, at: wish.now, in: tx),
            let call = try CallTable.find(earlier.id, in: tx)
        {
            return Placed(call: call, isReplay: true)
        }
        let admit = try AdmitCall(context, workspace, in: tx)
        try admit.requireDestination(wish.to)
        let number = try ownedNumber(wish.from, of: workspace, field: "from", in: tx)
        if let callerID = wish.callerID {
            _ = try ownedNumber(callerID, of: workspace, field: "caller_id", in: tx)
        }
        let minuteMinor = try Rates.perMinuteMinor(rate, to: wish.to)
        var call = call(wish, from: number, of: workspace, ratePerMinuteMinor: minuteMinor)
        try admit(&call, in: tx)
        try CallTable.insert(call, in: tx)
        if let dialAt = call.dialAt {
            try DialQueueTable.insert(call.id, dueAt: dialAt, in: tx)
        } else {
            try VoiceCommandTable.insert(
                .dial,
                callID: call.id,
                nodeID: nil,
                id: context.ids.next(),
                at: wish.now,
                in: tx
            )
        }
        try CallEvents(context).emit(.started, of: call, from: number, at: wish.now, in: tx)
        return Placed(call: call, isReplay: false)
    }

    private func call(
        _ wish: Wish,
        from number: VoiceNumber,
        of workspace: Workspace,
        ratePerMinuteMinor: Int64
    ) -> Call {
        Call(
            id: wish.id,
            workspaceID: workspace.id,
            sessionID: wish.sessionID,
            from: wish.from,
            to: wish.to,
            callerID: wish.callerID ?? wish.from,
            numberID: number.id,
            status: .initiated,
            clientRequestID: wish.request.clientRequestID,
            voiceCallbackURL: wish.request.voiceCallbackURL ?? number.voiceCallbackURL,
            record: wish.request.record,
            actions: wish.request.actions,
            ringTimeout: wish.request.ringTimeout ?? context.settings.ringTimeout,
            ratePerMinuteMinor: ratePerMinuteMinor,
            currency: workspace.currency,
            placedBy: context.asker.id,
            createdAt: wish.now,
            durationSeconds: 0,
            costMinor: 0,
            updatedAt: wish.now,
            clockOffset: context.asker.clockOffset,
            maxCostMinor: wish.request.maxCostMinor,
            recordingChannels: wish.request.recordingChannels
        )
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
}
