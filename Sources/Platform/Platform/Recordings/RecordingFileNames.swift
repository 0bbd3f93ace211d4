/// The names of the files that a recording is made of, as paths below the spool or as names in the store.
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
        self.init(base: base, ending: "")
    }

    private init(base: String, ending: String) {
        received = "\(base)-received.wav" + ending
        sent = "\(base)-sent.wav" + ending
        mix = base + Self.mixEnding + ending
    }

    /// What the names of all files begin with whose mix has this name; nil for a name that no mix has.
    package static func base(ofMix name: String) -> String? {
        name.hasSuffix(mixEnding) ? String(name.dropLast(mixEnding.count)) : nil
    }

    /// All files of the recording whose mix has this name, the mix first; sealed ones when the mix is.
    package static func all(ofMix name: String) -> [String] {
        let plain = ObjectVault.base(of: name)
        guard let base = base(ofMix: plain) else { return [name] }
        let names = RecordingFileNames(base: base, ending: String(name.dropFirst(plain.count)))
        return [names.mix, names.received, names.sent]
    }
}
