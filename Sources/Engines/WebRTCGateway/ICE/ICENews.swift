package import STUNWire

/// What changes by a check, or by the lack of one.
package enum ICENews: Sendable, Equatable {
    /// The peer has chosen where it is, for the first time or anew: packets go there from now on.
    case nominated(STUNAddress)
    /// The peer has not shown that it wants our packets for too long: none may be sent (RFC 7675).
    case consentLost
    /// It wants them again.
    case consentRegained
}
