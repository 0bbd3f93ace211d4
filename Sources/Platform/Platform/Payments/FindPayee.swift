import Database
import Primitives

/// Whose wallet a payer meant.
enum FindPayee {
    /// The workspace of an account text: the one whose reference it is, or the only one that it is one typo away from.
    ///
    /// - Throws: `DatabaseError`.
    static func workspace(named text: String, isTest: Bool, in tx: SQLTransaction) throws -> Workspace? {
        guard let typed = AccountText(text) else { return nil }
        if let exact = typed.exact,
            let found = try only(WorkspaceTable.find(references: [exact], isTest: isTest, in: tx))
        {
            return found
        }
        return try only(WorkspaceTable.find(references: typed.nearby, isTest: isTest, in: tx))
    }

    private static func only(_ found: [Workspace]) -> Workspace? { found.count == 1 ? found.first : nil }
}
