/// What of a trunk's requests was not looked at.
package struct TrunkRefusal: Sendable, Hashable {
    /// Why not.
    package enum Reason: String, Sendable {
        /// The trunk sends too many.
        case rate
        /// They name an account that is guessed at from where the trunk is.
        case password
        /// There are too many within one call.
        case call
    }

    /// The trunk's name.
    package let trunk: String
    /// Why not.
    package let reason: Reason
}
