/// What a key or a person may do (facts section 1.3).
package enum Scope: String, Sendable, CaseIterable {
    case numbersRead = "numbers.read"
    case numbersClaim = "numbers.claim"
    case callsRead = "calls.read"
    case callsWrite = "calls.write"
    case callsSupervise = "calls.supervise"
    case messagesRead = "messages.read"
    case messagesWrite = "messages.write"
    case walletRead = "wallet.read"
    case walletWrite = "wallet.write"
    case webhooksManage = "webhooks.manage"
    case webrtcToken = "webrtc.token"
    case auditRead = "audit.read"
    case keysManage = "api_keys.manage"
    case membersRead = "members.read"
    case membersManage = "members.manage"
    case workspaceManage = "workspace.manage"

    /// Every scope: what a key has unless it is restricted.
    package static let all = Set(allCases)

    /// What a test key may have: a test twin has no people of its own.
    package static let testable = all.subtracting([.membersRead, .membersManage, .workspaceManage])

    /// Reads names.
    ///
    /// - Throws: `PlatformError` `api_key.scope_invalid`, naming the first that is none.
    package static func parse(_ names: [String], field: String) throws(PlatformError) -> Set<Scope> {
        var scopes: Set<Scope> = []
        for (index, name) in names.enumerated() {
            guard let scope = Scope(rawValue: name) else {
                let known = allCases.map(\.rawValue).joined(separator: ", ")
                throw PlatformError(
                    .scopeInvalid,
                    "'\(name.prefix(64))' is not a scope. There are: \(known).",
                    field: "\(field)[\(index)]"
                )
            }
            scopes.insert(scope)
        }
        return scopes
    }
}
