/// When a call is ended from here, and why: when it has lasted long enough, or when what it may cost is used up.
package struct CallTimeLimit: Sendable, Equatable {
    /// Counted from the answer.
    package let length: Duration
    /// What the call is said to have ended for.
    package let cause: HangupCause
}
