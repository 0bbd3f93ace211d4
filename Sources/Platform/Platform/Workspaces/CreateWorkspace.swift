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
    ///   - email: an address with one `@`, at most 254 characters.
    ///   - creditMinor: minor units given by the operator; 0 for none.
    /// - Throws: `PlatformError` naming the field, or `DatabaseError`.
    package func callAsFunction(name: String, email: String, creditMinor: Int64 = 0) async throws -> Created {
        if let fault = PlatformError(Self.faults(name: name, email: email, creditMinor: creditMinor)) { throw fault }
        let now = context.clock.now()
        let workspace = Workspace(
            id: context.ids.next(),
            name: name,
            email: email,
            country: "KE",
            currency: .kes,
            status: .active,
            lowBalanceThresholdMinor: 0,
            createdAt: now
        )
        let secret = KeySecret.make(context.ids)
        let keyID = context.ids.next()
        return try await context.database.write { tx in
            try WorkspaceTable.insert(workspace, in: tx)
            try KeyTable.insert(
                id: keyID,
                workspaceID: workspace.id,
                name: "First key",
                secret: secret,
                scopes: Scope.all,
                at: now,
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

    private static func faults(name: String, email: String, creditMinor: Int64) -> [FieldFault] {
        var faults: [FieldFault] = []
        if name.isEmpty || name.count > 100 { faults.append(FieldFault("name", "A name has 1 to 100 characters.")) }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count != 2 || parts.contains("") || email.utf8.count > 254 || email.contains(where: \.isWhitespace) {
            faults.append(FieldFault("email", "An e-mail address looks like dev@example.com."))
        }
        if creditMinor < 0 || creditMinor >= 1 << 50 {
            faults.append(FieldFault("credit_minor", "The credit is zero or more minor units."))
        }
        return faults
    }
}
