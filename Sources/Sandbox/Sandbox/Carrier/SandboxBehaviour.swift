/// What a sandbox phone does when it is called.
package enum SandboxBehaviour: Sendable, Equatable {
    /// Rings, answers, speaks and stays on.
    case speak(ringing: Bool)
    /// Answers and sends back what it hears.
    case echo
    /// Refuses with a final response.
    case refuse(status: Int)
    /// Rings and never answers.
    case ringOut
    /// Answers, and hangs up after this.
    case hangUp(after: Duration)
    /// Answers and presses these keys.
    case keys(String)
    /// Answers, speaks, and loses this share of its packets.
    case lossy(percent: Int)
    /// Answers and plays a tone.
    case tone(hertz: Int)
    /// Plays its ring-back as early media, then answers and speaks.
    case earlyMedia
}
