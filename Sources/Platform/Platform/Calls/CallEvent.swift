/// What moves a call from one status to another.
package enum CallEvent: Sendable, Equatable {
    /// A provisional response other than 100 came.
    case alerting
    /// A 2xx came.
    case answered
    /// It is over, for this reason.
    case ended(HangupCause)
}
