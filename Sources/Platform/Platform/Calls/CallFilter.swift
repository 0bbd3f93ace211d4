package import Primitives

/// Which calls of a workspace are wanted (facts section 7.4).
package struct CallFilter: Sendable {
    /// Any of these; empty for all.
    package var statuses: [CallStatus] = []
    /// Only this way; nil for both.
    package var direction: CallDirection?
    /// Part of the remote number or of the session id.
    package var text: String?
    /// Exactly this session id.
    package var sessionID: String?
    /// Not before this moment.
    package var from: Timestamp?
    /// Before this moment.
    package var to: Timestamp?
    /// Those older than this call.
    package var before: Identifier?
    /// 1 to 100.
    package var limit = 25

    /// Wants all calls.
    package init() {}
}
