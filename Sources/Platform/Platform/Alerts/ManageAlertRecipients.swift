import Database
package import Primitives

/// The list of addresses that a workspace's alerts go to. An address gets one mail that asks, and no other until it has
/// said yes.
package struct ManageAlertRecipients: Sendable {
    /// Addresses on the list, and addresses that were ever on it: more would make a mass mailer of it.
    private static let (most, mostEver) = (10, 100)
    /// How often an address is asked, and the least time between.
    private static let mostAsks = 5
    private static let pause: Duration = .seconds(600)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let unknown = PlatformError(.alertRecipientNotFound, "There is no such recipient on the list.")

    /// Those on the list, in the order of their coming; at most ten.
    ///
    /// - Throws: `DatabaseError`.
    package func list(workspaceID: Identifier) async throws -> [AlertRecipient] {
        try await context.database.read { try AlertRecipientTable.current(of: workspaceID, in: $0) }
    }

    /// Puts an address on the list and asks it; one that is there stays as it is, and gets no mail.
    ///
    /// - Parameters:
    ///   - owner: the address of the person who asks and has signed in by a mail to it: theirs needs no other mail.
    ///   - baseURL: where the server is reached, without a slash at the end.
    /// - Throws: `PlatformError` `request.invalid`, `alerts.test_mode`, `alerts.too_many_recipients`,
    ///   `rate_limit.exceeded`, `workspace.suspended`; `DatabaseError`.
    package func add(
        email text: String,
        workspaceID: Identifier,
        owner: String? = nil,
        idempotency: IdempotencyRequest? = nil,
        baseURL: String
    ) async throws -> (recipient: AlertRecipient, isReplay: Bool) {
        let email = try EmailAddress(parsing: text, field: "email")
        let now = context.clock.now()
        let id = context.ids.next()
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
            guard !workspace.isTest else {
                throw PlatformError(.alertTestMode, "Nobody is written to for play money. Add them with a live key.")
            }
            let known = try AlertRecipientTable.find(email: email.text, of: workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: known?.id ?? id, at: now, in: tx),
                let recipient = try AlertRecipientTable.find(earlier.id, in: tx)
            {
                return (recipient, true)
            }
            if let known, known.isOnList { return (known, false) }
            let recipient = try known ?? insert(email, id, workspace, baseURL, at: now, in: tx)
            guard
                try AlertRecipientTable.current(of: workspaceID, in: tx).filter({ $0.id != recipient.id }).count
                    < Self.most
            else { throw Self.tooMany }
            if owner == email.text {
                guard try AlertRecipientTable.confirm(recipient.id, at: now, in: tx) else { throw Self.unknown }
            } else {
                try ask(recipient, of: workspace, baseURL: baseURL, at: now, in: tx)
            }
            return (try note(.alertRecipientAdded, recipient.id, in: tx), false)
        }
    }

    /// Asks an address again, with a new link; the old one leads nowhere.
    ///
    /// - Throws: `PlatformError` `alerts.recipient_not_found`, `alerts.already_confirmed`, `rate_limit.exceeded`,
    ///   `workspace.suspended`; `DatabaseError`.
    package func resend(
        _ id: Identifier,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil,
        baseURL: String
    ) async throws -> (recipient: AlertRecipient, isReplay: Bool) {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
            let recipient = try require(id, of: workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if try once.earlier(making: id, at: now, in: tx) != nil { return (recipient, true) }
            guard recipient.status == .pending else {
                throw PlatformError(.alertAlreadyConfirmed, "\(recipient.email) has confirmed already.")
            }
            try ask(recipient, of: workspace, baseURL: baseURL, at: now, in: tx)
            return (try note(.alertRecipientResent, id, in: tx), false)
        }
    }

    /// Takes an address off the list; its links lead nowhere.
    ///
    /// - Throws: `PlatformError` `alerts.recipient_not_found` or `workspace.suspended`; `DatabaseError`.
    package func remove(_ id: Identifier, workspaceID: Identifier) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            _ = try WorkspaceTable.holdActive(workspaceID, in: tx)
            _ = try require(id, of: workspaceID, in: tx)
            guard try AlertRecipientTable.end(id, as: .removed, in: tx) else { throw Self.unknown }
            _ = try note(.alertRecipientRemoved, id, in: tx)
        }
    }

    private static let tooMany = PlatformError(
        .tooManyAlertRecipients,
        "The list has \(most) addresses. Take one off first."
    )

    private func require(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> AlertRecipient {
        guard let recipient = try AlertRecipientTable.find(id, in: tx), recipient.workspaceID == workspaceID,
            recipient.isOnList
        else { throw Self.unknown }
        return recipient
    }

    private func insert(
        _ email: EmailAddress,
        _ id: Identifier,
        _ workspace: Workspace,
        _ baseURL: String,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> AlertRecipient {
        guard try AlertRecipientTable.count(of: workspace.id, in: tx) < Self.mostEver else { throw Self.tooMany }
        let recipient = AlertRecipient(
            id: id,
            workspaceID: workspace.id,
            email: email.text,
            status: .pending,
            baseURL: baseURL,
            createdAt: now,
            askedAt: nil,
            asks: 0,
            linkExpiresAt: nil,
            confirmedAt: nil
        )
        try AlertRecipientTable.insert(recipient, in: tx)
        return recipient
    }

    private func ask(
        _ recipient: AlertRecipient,
        of workspace: Workspace,
        baseURL: String,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        if let askedAt = recipient.askedAt, now < askedAt + Self.pause {
            throw PlatformError(
                .rateLimitExceeded,
                "This address was asked a moment ago. Ask again in some minutes.",
                retryAfter: askedAt + Self.pause - now
            )
        }
        guard recipient.asks < Self.mostAsks else {
            throw PlatformError(
                .rateLimitExceeded,
                "This address was asked \(Self.mostAsks) times and did not say yes."
            )
        }
        let token = Secret.make(prefix: "", context.ids)
        let expiresAt = now + context.settings.alertLinkLifetime
        try AlertRecipientTable.ask(
            recipient.id,
            token: token,
            baseURL: baseURL,
            at: now,
            expiresAt: expiresAt,
            in: tx
        )
        let link = AlertLinks.confirm(token: token.text, baseURL: baseURL)
        try QueueMail(context)(
            .confirmAlerts(of: workspace, link: link),
            to: try EmailAddress(parsing: recipient.email, field: "email"),
            expiresAt: expiresAt,
            in: tx
        )
    }

    private func note(_ action: AuditAction, _ id: Identifier, in tx: SQLTransaction) throws -> AlertRecipient {
        guard let recipient = try AlertRecipientTable.find(id, in: tx) else { throw Self.unknown }
        try RecordAudit(context)(
            action,
            of: id,
            after: recipient.auditView,
            workspaceID: recipient.workspaceID,
            in: tx
        )
        return recipient
    }
}
