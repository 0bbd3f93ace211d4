/// What a token is to be bound to.
package struct SIPTokenWish: Sendable {
    /// Who of the workspace it is for.
    package var identity: String?
    /// One of the workspace's numbers, by id or digits.
    package var number: String?
    /// What the request calls the fields, for refusals.
    package var names = (identity: "identity", number: "number")
    /// How long it works.
    package var lifetime = SIPToken.lifetime

    /// Bound to nothing but the workspace.
    package init() {}
}
