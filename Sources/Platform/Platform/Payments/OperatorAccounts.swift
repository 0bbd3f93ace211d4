import Ledger
import Primitives

/// The operator's own accounts: money that belongs to no workspace yet. Play money has its own.
enum OperatorAccounts {
    private static let live = Identifier(bytes: Array(repeating: 0, count: 16))
    private static let test = Identifier(bytes: Array(repeating: 0, count: 15) + [1])

    static func reference(_ kind: AccountKind, isTest: Bool) -> AccountReference? {
        (isTest ? test : live).map { AccountReference(workspaceID: $0, kind: kind, currency: .kes) }
    }
}
