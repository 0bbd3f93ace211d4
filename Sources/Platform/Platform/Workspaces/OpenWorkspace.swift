import Database
import Ledger
import Primitives

/// Makes a workspace for a person who has signed in: the first one at onboarding, or another.
package struct OpenWorkspace: Sendable {
    /// What the person chose.
    package struct Wish: Sendable {
        /// What they are called; nil keeps what is known.
        package var personName: String?
        /// What the workspace is called.
        package var workspaceName: String
        /// Two letters, in either case.
        package var country: String
        /// Three letters, in either case.
        package var currency: String

        /// Takes the choices.
        package init(personName: String? = nil, workspaceName: String, country: String, currency: String) {
            self.personName = personName
            self.workspaceName = workspaceName
            self.country = country
            self.currency = currency
        }
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes the workspace, its owner and its place in the session.
    ///
    /// - Parameters:
    ///   - isFirst: whether this is onboarding, which is done once.
    ///   - idempotency: makes a repetition answer as the first did.
    /// - Throws: `PlatformError` naming the field, `currency.unsupported`, or `auth.already_onboarded`; `DatabaseError`.
    package func callAsFunction(
        _ session: Session,
        _ wish: Wish,
        isFirst: Bool,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (workspace: Workspace, isReplay: Bool) {
        if let fault = PlatformError(Self.faults(wish, isFirst: isFirst)) { throw fault }
        let now = context.clock.now()
        let draft = WorkspaceDraft(name: wish.workspaceName, email: session.user.email)
        return try await context.database.write { tx in
            let once = Once(context: context, scopeID: session.user.id, request: idempotency)
            if let earlier = try once.earlier(making: session.user.id, at: now, in: tx), let id = earlier.note {
                return (try WorkspaceTable.require(Identifier(parsing: id) ?? earlier.id, in: tx), true)
            }
            if isFirst, !(try MembershipTable.all(of: session.user.id, in: tx).isEmpty) {
                throw PlatformError(
                    .alreadyOnboarded,
                    "You have a workspace already. POST /v1/workspaces makes another."
                )
            }
            let workspace = try draft.insert(context, at: now, in: tx)
            _ = try MembershipTable.insert(
                workspaceID: workspace.id,
                userID: session.user.id,
                role: .owner,
                at: now,
                in: tx
            )
            if let name = wish.personName { try UserTable.setName(name, of: session.user.id, in: tx) }
            try SessionTable.setWorkspace(workspace.id, of: session.id, in: tx)
            try once.keep(workspace.id.uuidString, in: tx)
            try RecordAudit(context)(
                .workspaceOpened,
                of: workspace.id,
                after: workspace.auditView,
                workspaceID: workspace.id,
                in: tx
            )
            tx.notify(Channel.access)
            return (workspace, false)
        }
    }

    /// The workspace's name is the body's `name`, but at onboarding, where that is the person's.
    private static func faults(_ wish: Wish, isFirst: Bool) -> [FieldFault] {
        var faults: [FieldFault] = []
        if let name = wish.personName { faults += WorkspaceDraft.faults(name: name, field: "name") }
        faults += WorkspaceDraft.faults(name: wish.workspaceName, field: isFirst ? "workspace_name" : "name")
        if wish.country.uppercased() != "KE" {
            faults.append(FieldFault("country", "Numbers are sold in KE only, so far."))
        }
        if wish.currency.uppercased() != Currency.kes.code {
            faults.append(FieldFault("currency", "A wallet of KE holds KES.", code: .currencyUnsupported))
        }
        return faults
    }
}
