/// The statuses of a call and what leads from one to the next. Pure: the caller stores the result.
package enum CallStateMachine {
    /// The status after an event, or nil when the event changes nothing (a second 180, news after the end).
    package static func next(_ status: CallStatus, _ event: CallEvent) -> CallStatus? {
        switch (status, event) {
        case (.initiated, .alerting): .ringing
        case (.initiated, .answered), (.ringing, .answered): .answered
        case (.answered, .ended): .completed
        case (.initiated, .ended(let cause)), (.ringing, .ended(let cause)): cause.statusBeforeAnswer
        default: nil
        }
    }
}
