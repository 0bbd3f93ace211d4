/// What a node does; one process may have all roles.
package enum ServerRole: String, Sendable, CaseIterable {
    /// Answers HTTP.
    case api
    /// Speaks SIP and RTP.
    case voice
    /// Sends webhooks and settles what others left.
    case worker
}
