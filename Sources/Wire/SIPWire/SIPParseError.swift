/// Why bytes are not a SIP message that can be used.
package enum SIPParseError: Error, Equatable {
    /// Nothing can be answered: the bytes are no request, or do not say by a `Via` that they came from a SIP element.
    case unreadable(String)
    /// A request that cannot be used, but refused: its headers so far, and what is wrong. Even one without `From`, `To`
    /// or `Call-ID` is better answered than left to repeat itself (RFC 4475 section 3.3.1).
    case refused(SIPRequest, SIPRefusal)
}
