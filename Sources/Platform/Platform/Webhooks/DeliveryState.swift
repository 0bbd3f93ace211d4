/// What became of a webhook.
package enum DeliveryState: String, Sendable {
    /// To be sent, now or later.
    case pending
    /// A receiver said 2xx.
    case delivered
    /// All attempts failed.
    case deadLetter = "dead_letter"
    /// The workspace was suspended when it was due; it is not tried again.
    case skippedSuspended = "skipped_suspended"
    /// Its subscription was disabled or deleted when it was due.
    case skippedDisabled = "skipped_disabled"
}
