/// What proves that a call to us is a trunk's.
package enum TrunkAcceptance: String, Sendable, CaseIterable {
    /// Where it comes from.
    case address
    /// The trunk's user name and password (digest, RFC 8760), wherever it comes from.
    case digest
    /// One of the two.
    case either
    /// Both.
    case both

    var needsAccount: Bool { self != .address }
}
