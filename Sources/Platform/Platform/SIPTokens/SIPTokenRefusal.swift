/// Why a token lets nobody in.
package enum SIPTokenRefusal: String, Error, Sendable, CaseIterable {
    /// There is none.
    case missing
    /// Its text is longer than any that is minted; nothing of it was read.
    case tooLong = "too_long"
    /// It is no JWT, or its claims make no sense.
    case malformed
    /// It names another algorithm than HS256, or `none`.
    case otherAlgorithm = "other_algorithm"
    /// Neither of the keys has signed it.
    case forged
    /// Somebody else has made it.
    case otherIssuer = "other_issuer"
    /// It begins later.
    case notYetValid = "not_yet_valid"
    /// It has ended.
    case expired
    /// There is no such workspace any more.
    case workspaceGone = "workspace_gone"
    /// The workspace may not act.
    case workspaceSuspended = "workspace_suspended"
    /// The page is of a site that the workspace does not list.
    case otherOrigin = "other_origin"

    /// Whether another token would help; the others are refused whatever they show.
    package var isAboutToken: Bool {
        switch self {
        case .workspaceSuspended, .otherOrigin: false
        default: true
        }
    }
}
