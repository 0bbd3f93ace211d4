/// What a key or a person may do (facts section 1.3).
package enum Scope: String, Sendable, CaseIterable {
    case numbersRead = "numbers.read"
    case numbersClaim = "numbers.claim"
    case callsRead = "calls.read"
    case callsWrite = "calls.write"
    case walletRead = "wallet.read"
    case walletWrite = "wallet.write"
    case webhooksManage = "webhooks.manage"
    case keysManage = "api_keys.manage"
    case membersRead = "members.read"
    case membersManage = "members.manage"
    case workspaceManage = "workspace.manage"

    /// Every scope: what a key has unless it is restricted.
    package static let all = Set(allCases)
}
