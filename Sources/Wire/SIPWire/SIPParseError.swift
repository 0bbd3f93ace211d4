/// Why bytes are not a SIP message.
package enum SIPParseError: Error, Equatable {
    /// Nothing can be answered: not even the start line or what a response needs could be read.
    case unreadable(String)
    /// A request that is wrong but readable enough for a 400 (RFC 3261 section 16.3): its headers so far, and what is wrong.
    case badRequest(SIPRequest, String)
}
