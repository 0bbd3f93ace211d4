import Database
import Ledger
package import Primitives

/// Makes a workspace with its first key and, if the operator likes, its first money.
package struct CreateWorkspace: Sendable {
    /// What was made; the key's secret is shown this once.
    package struct Created: Sendable {
        /// The workspace.
        package let workspace: Workspace
        /// The key's id.
        package let keyID: Identifier
        /// The bearer secret: `tsk_live_…`.
        package let apiKey: String
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes workspace, key and credit in one transaction.
    ///
    /// - Parameters:
    ///   - name: 1 to 100 characters.
    ///   - email: its first owner, who can sign in with it.
    ///   - creditMinor: minor units given by the operator; 0 for none.
    /// - Throws: `PlatformError` naming the field, or `DatabaseError`.
    package func callAsFunction(name: String, email: String, creditMinor: Int64 = 0) async throws -> Created {
        if let fault = PlatformError(Self.faults(name: name, creditMinor: creditMinor)) { throw fault }
        let owner = try EmailAddress(parsing: email, field: "email")
        let now = context.clock.now()
        let secret = Secret.make(prefix: KeyTable.livePrefix, context.ids)
        let (userID, keyID) = (context.ids.next(), context.ids.next())
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceDraft(name: name, email: owner.text).insert(context, at: now, in: tx)
            let user = try UserTable.findOrInsert(owner, id: userID, at: now, in: tx)
            _ = try MembershipTable.insert(
                workspaceID: workspace.id,
                userID: user.id,
                role: .owner,
                at: now,
                in: tx
            )
            try KeyTable.insert(
                KeyWish(name: "First key"),
                id: keyID,
                workspaceID: workspace.id,
                secret: secret,
                at: now,
                in: tx
            )
            try RecordAudit(context)(
                .workspaceOpened,
                of: workspace.id,
                after: workspace.auditView,
                workspaceID: workspace.id,
                in: tx
            )
            if creditMinor > 0 { try credit(workspace, creditMinor, at: now, in: tx) }
            return Created(workspace: workspace, keyID: keyID, apiKey: secret.text)
        }
    }

    private func credit(_ workspace: Workspace, _ minor: Int64, at now: Timestamp, in tx: SQLTransaction) throws {
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        let entry = EntryDraft(
            key: "credit:\(workspace.id):first",
            kind: .credit,
            description: "First credit",
            postings: [.init(.debit, minor, accounts[.operatorCredit]), .init(.credit, minor, accounts[.wallet])]
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
    }

    private static func faults(name: String, creditMinor: Int64) -> [FieldFault] {
        var faults = WorkspaceDraft.faults(name: name, field: "name")
        if creditMinor < 0 || creditMinor >= 1 << 50 {
            faults.append(FieldFault("credit_minor", "The credit is zero or more minor units."))
        }
        return faults
    }
}
