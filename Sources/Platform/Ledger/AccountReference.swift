package import Primitives

/// Names an account by what it is; it is made by the first posting to it.
package struct AccountReference: Sendable, Hashable {
    /// The workspace the account belongs to.
    package let workspaceID: Identifier
    /// What it is for.
    package let kind: AccountKind
    /// The currency of all its postings.
    package let currency: Currency

    /// Names an account.
    package init(workspaceID: Identifier, kind: AccountKind, currency: Currency) {
        self.workspaceID = workspaceID
        self.kind = kind
        self.currency = currency
    }
}
