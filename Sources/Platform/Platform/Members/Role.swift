/// What a person is to a workspace (seed: "Workspaces").
package enum Role: String, Sendable, CaseIterable {
    /// May do everything.
    case owner
    /// May use numbers, calls and keys, and neither spends nor decides who belongs.
    case member

    /// What the role may do: the one table of who may do what.
    package var scopes: Set<Scope> {
        switch self {
        case .owner: Scope.all
        case .member: Scope.all.subtracting([.walletWrite, .membersManage, .workspaceManage])
        }
    }
}
