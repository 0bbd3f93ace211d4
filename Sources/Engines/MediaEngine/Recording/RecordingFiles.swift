/// Where a leg's recording goes: any of these, a path each, or nil for what is not wanted.
package struct RecordingFiles: Sendable {
    /// What the peer said.
    package let received: String?
    /// What we sent.
    package let sent: String?
    /// Both together.
    package let mix: String?
    /// Both in one file: what the peer said on the left, what we sent on the right.
    package let stereo: String?

    /// Names the files.
    package init(received: String? = nil, sent: String? = nil, mix: String? = nil, stereo: String? = nil) {
        self.received = received
        self.sent = sent
        self.mix = mix
        self.stereo = stereo
    }
}
