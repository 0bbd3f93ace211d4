package import Primitives

/// A wish to move numbers between carriers (facts section 11.1: porting takes days, and people who look at documents).
package struct PortRequest: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// Which way.
    package let direction: PortDirection
    /// E.164, 1 to 50.
    package let numbers: [String]
    /// The carrier at the other end.
    package let carrier: String
    /// Who has the contract with the carrier that gives the numbers.
    package let accountHolder: String
    /// The number of that contract; nil when it is not known.
    package let accountNumber: String?
    /// Where it is in its life.
    package let status: PortStatus
    /// Why it was rejected.
    package let reason: String?
    /// When it was made.
    package let createdAt: Timestamp
    /// When its status last changed.
    package let updatedAt: Timestamp
}
