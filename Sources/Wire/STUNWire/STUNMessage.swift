/// A message (RFC 8489) as it lies in its datagram: values that are short, and where the others are. Reading one allocates nothing,
/// unless it has attributes that must be known and are not.
package struct STUNMessage: Sendable, Equatable {
    /// The bytes before the attributes.
    package static let headerByteCount = 20
    /// The longest message that is read: what any path carries.
    package static let longest = 1500
    /// The most attributes of a message; a check has about eight.
    package static let mostAttributes = 32
    /// The longest user name (RFC 8489 section 14.3).
    package static let longestUsername = 508
    /// As many unknown attributes are told to the sender.
    package static let mostUnknown = 8

    static let cookie: UInt32 = 0x2112_A442

    /// What the message is.
    package let type: STUNType
    /// The transaction that it is of.
    package let transaction: STUNTransaction
    /// Where the user name is.
    package internal(set) var username: Range<Int>?
    /// An address that the sender sees.
    package internal(set) var mappedAddress: STUNAddress?
    /// Why a request failed.
    package internal(set) var errorCode: STUNErrorCode?
    /// The priority of the candidate that a check would make (RFC 8445 section 7.1.1).
    package internal(set) var priority: UInt32?
    /// Whether the sender nominates the pair that it checks.
    package internal(set) var nominates = false
    /// The part that the sender believes to have.
    package internal(set) var role: STUNRole?
    /// Attributes that must be known and are not, in their order; those beyond `mostUnknown` are left out.
    package internal(set) var unknown: [UInt16] = []
    /// What the answerer did not know.
    package internal(set) var refused: [UInt16] = []
    /// Where the attributes begin that prove the message.
    var integrity: Int?
    var fingerprint: Int?

    /// Whether somebody says to have signed it; `isSigned(by:in:)` tells the truth.
    package var hasIntegrity: Bool { integrity != nil }
}
