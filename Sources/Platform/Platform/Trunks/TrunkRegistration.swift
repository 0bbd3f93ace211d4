package import Primitives

/// How we are registered with a trunk that wants it.
package struct TrunkRegistration: Sendable, Equatable {
    /// How it is.
    package enum Status: String, Sendable {
        /// It has just begun.
        case trying
        /// The trunk knows where we are.
        case registered
        /// It does not.
        case failed
    }

    /// The trunk.
    package let trunkID: Identifier
    /// The node that registers, and until when nobody else does.
    package let nodeID: Identifier
    /// The user of our contact, which only the trunk knows.
    package let token: String
    /// How it is.
    package let status: Status
    /// The trunk's last final status; nil when it did not answer.
    package let sipStatus: Int?
    /// Until when we are registered.
    package let expiresAt: Timestamp?
    /// The trunk's numeric address, by which calls to our contact are known.
    package let address: String?
}
