import Platform

/// What wakes the dispatcher.
enum DispatchSignal: Sendable {
    /// A commit made a webhook due.
    case due
    /// Time to look for retries.
    case tick
    /// An attempt ended; nil when it was given up by a shutdown.
    case finished(AttemptOutcome?, receiver: String)
    /// Take no more.
    case shutdown
    /// Wait no longer.
    case graceOver
}
