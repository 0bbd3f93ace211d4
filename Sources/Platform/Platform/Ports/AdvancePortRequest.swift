import Database
package import Primitives

/// Moves a request to port numbers on: its owner submits and cancels, the operator rejects, accepts and completes.
package struct AdvancePortRequest: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Asks the operator to look at it. Numbers that come in need a letter of authorisation and a bill.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found`, `.wrong_status` or `.documents_missing`, what
    ///   `CreatePortRequest` refuses, or `workspace.suspended`; `DatabaseError`.
    package func submit(_ id: Identifier, workspaceID: Identifier) async throws -> PortRequest {
        try await own(id, workspaceID, .submit, .portRequestSubmitted) { request, now, tx in
            try PortRules(context).check(request, at: now, in: tx)
            let kinds = Set(try PortDocumentTable.all(of: request.id, in: tx).map(\.kind))
            if request.direction == .in, !kinds.isSuperset(of: [.letterOfAuthorisation, .bill]) {
                throw PlatformError(
                    .portDocumentsMissing,
                    "Add a letter_of_authorisation and a bill, then submit the request."
                )
            }
        }
    }

    /// Gives it up, before it was accepted.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found` or `.wrong_status`, or `workspace.suspended`; `DatabaseError`.
    package func cancel(_ id: Identifier, workspaceID: Identifier) async throws -> PortRequest {
        try await own(id, workspaceID, .cancel, .portRequestCancelled) { _, _, _ in }
    }

    /// Sends it back with a reason; numbers that were `porting` are as they were before.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found` or `.wrong_status`, or naming the field; `DatabaseError`.
    package func reject(_ id: Identifier, reason: String) async throws -> PortRequest {
        if let fault = PlatformError(WorkspaceDraft.faults(name: reason, field: "reason")) { throw fault }
        return try await operate(id, .reject, .portRequestRejected, reason: reason) { request, _, now, tx in
            guard request.status == .accepted else { return }
            for number in try porting(request, in: tx) {
                _ = try NumberTable.apply(request.direction == .in ? .leave : .stay, to: number, at: now, in: tx)
                if request.direction == .in { try SIPCredentialTable.revokeAll(of: number.id, at: now, in: tx) }
            }
        }
    }

    /// Both carriers agree: the numbers are `porting` from now on.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found` or `.wrong_status`, or what `CreatePortRequest` refuses;
    ///   `DatabaseError`.
    package func accept(_ id: Identifier) async throws -> PortRequest {
        try await operate(id, .accept, .portRequestAccepted) { request, workspace, now, tx in
            try PortRules(context).check(request, at: now, in: tx)
            for e164 in request.numbers {
                switch request.direction {
                case .in:
                    _ = try NumberTable.insert(
                        e164,
                        country: PhoneNumber.country(of: e164),
                        id: context.ids.next(),
                        status: .porting,
                        reservedFor: workspace,
                        at: now,
                        in: tx
                    )
                case .out:
                    guard let number = try NumberTable.findLive(e164: e164, in: tx) else { continue }
                    _ = try NumberTable.apply(.portOut, to: number, in: tx)
                }
            }
        }
    }

    /// The numbers have moved: those that came are active and their rental is charged, those that went are released.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found`, `.wrong_status` or `wallet.insufficient_funds`;
    ///   `DatabaseError`.
    package func complete(_ id: Identifier) async throws -> PortRequest {
        try await operate(id, .complete, .portRequestCompleted) { request, workspace, now, tx in
            for number in try porting(request, in: tx) {
                switch request.direction {
                case .in: try arrive(number, workspace, at: now, in: tx)
                case .out: _ = try ReleaseNumber(context).letGo(number, of: workspace, by: .leave, at: now, in: tx)
                }
            }
        }
    }

    private func arrive(_ number: VoiceNumber, _ workspace: Workspace, at now: Timestamp, in tx: SQLTransaction) throws
    {
        let charge = RentalCharge.fromToday(now, try context.prices.history(in: tx), context.settings)
        try charge.post(for: number, to: workspace, context, at: now, in: tx)
        let secret = "whsec_" + context.ids.secret(byteCount: 24).hexString
        let sealed = try context.secrets.seal(secret, context: "number:\(number.id)")
        try NumberTable.arrive(
            number.id,
            sealedSecret: sealed,
            paidUntil: charge.paidUntil,
            renewAt: charge.paidUntil - workspace.clockOffset,
            at: now,
            in: tx
        )
        let active = try NumberTable.apply(.arrive, to: number, in: tx)
        try NumberEvents(context).provisioned(active, workspaceID: workspace.id, at: now, in: tx)
    }

    private func porting(_ request: PortRequest, in tx: SQLTransaction) throws -> [VoiceNumber] {
        try request.numbers.compactMap { e164 in
            guard let number = try NumberTable.findLive(e164: e164, in: tx) else { return nil }
            return number.workspaceID == request.workspaceID && number.status == .porting ? number : nil
        }
    }

    private typealias Work = @Sendable (PortRequest, Timestamp, SQLTransaction) throws -> Void

    private func own(
        _ id: Identifier,
        _ workspaceID: Identifier,
        _ event: PortStateMachine.Event,
        _ action: AuditAction,
        _ work: @escaping Work
    ) async throws -> PortRequest {
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            guard let request = try PortRequestTable.lock(id, in: tx), request.workspaceID == workspaceID else {
                throw ReadPortRequests.unknown
            }
            return try advance(request, event, action, reason: nil, at: now, in: tx) { try work(request, now, tx) }
        }
    }

    private func operate(
        _ id: Identifier,
        _ event: PortStateMachine.Event,
        _ action: AuditAction,
        reason: String? = nil,
        _ work: @escaping @Sendable (PortRequest, Workspace, Timestamp, SQLTransaction) throws -> Void
    ) async throws -> PortRequest {
        let now = context.clock.now()
        return try await context.database.write { tx in
            guard let request = try PortRequestTable.lock(id, in: tx) else { throw ReadPortRequests.unknown }
            let workspace = try WorkspaceTable.require(request.workspaceID, in: tx)
            return try advance(request, event, action, reason: reason, at: now, in: tx) {
                try work(request, workspace, now, tx)
            }
        }
    }

    private func advance(
        _ request: PortRequest,
        _ event: PortStateMachine.Event,
        _ action: AuditAction,
        reason: String?,
        at now: Timestamp,
        in tx: SQLTransaction,
        work: () throws -> Void
    ) throws -> PortRequest {
        guard let next = PortStateMachine.next(request.status, event) else {
            throw PlatformError(
                .portWrongStatus,
                "This port request is \(request.status.rawValue): that cannot be done with it now."
            )
        }
        try work()
        try PortRequestTable.setStatus(next, reason: reason, of: request.id, at: now, in: tx)
        guard let after = try PortRequestTable.lock(request.id, in: tx) else { throw ReadPortRequests.unknown }
        try RecordAudit(context)(
            action,
            of: request.id,
            before: request.auditView,
            after: after.auditView,
            workspaceID: request.workspaceID,
            in: tx
        )
        return after
    }
}
