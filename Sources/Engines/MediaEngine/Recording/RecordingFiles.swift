/// Where a leg's recording goes.
package struct RecordingFiles: Sendable {
    /// What the peer said.
    package let received: String
    /// What we sent.
    package let sent: String
    /// Both together.
    package let mix: String

    /// Names the three files.
    package init(received: String, sent: String, mix: String) {
        self.received = received
        self.sent = sent
        self.mix = mix
    }
}
