/// Where a mail is.
package enum MailState: String, Sendable {
    /// To be sent, now or again later.
    case pending
    /// A server has taken it.
    case sent
    /// Refused for good, or too often.
    case failed
    /// Of no use any more before it could be sent.
    case expired
}
