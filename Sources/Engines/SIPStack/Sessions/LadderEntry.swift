/// A message of a call as it passed the wire, repetitions included: a rung of the ladder that people draw of a call.
package struct LadderEntry: Sendable, Equatable {
    /// Whether we sent it.
    package let isOutgoing: Bool
    /// `INVITE`, `180 Ringing`, …
    package let line: String
    /// The `CSeq` value, which tells what a response answers.
    package let cseq: String
    /// Since the call began.
    package let offset: Duration
}
