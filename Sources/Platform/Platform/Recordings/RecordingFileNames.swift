/// The names of the files that a recording is made of, as paths below the recordings folder.
package struct RecordingFileNames: Sendable {
    private static let mixEnding = "-mix.wav"

    /// What the peer said.
    package let received: String
    /// What we sent.
    package let sent: String
    /// Both together: what the customer fetches.
    package let mix: String

    /// Names the files of a recording.
    ///
    /// - Parameter base: what their names begin with.
    package init(base: String) {
        received = "\(base)-received.wav"
        sent = "\(base)-sent.wav"
        mix = base + Self.mixEnding
    }

    /// All files of the recording whose mix has this name.
    package static func all(ofMix name: String) -> [String] {
        guard name.hasSuffix(mixEnding) else { return [name] }
        let names = RecordingFileNames(base: String(name.dropLast(mixEnding.count)))
        return [names.mix, names.received, names.sent]
    }
}
