package import Primitives

/// A recording in a spool, as the names of its files say.
package struct SpooledRecording: Sendable, Equatable {
    /// The recording.
    package let id: Identifier
    /// Why it was made.
    package let source: RecordingSource
    /// Whose it is.
    package let callID: Identifier
    /// The mix: a path below the spool.
    package let mix: String

    /// Names a recording that is about to be made.
    ///
    /// - Parameter folder: where in the spool.
    package init(_ id: Identifier, _ source: RecordingSource, of callID: Identifier, in folder: String) {
        let parts = [callID.rendered(prefix: "call"), id.rendered(prefix: "rec"), source.rawValue]
        (self.id, self.source, self.callID) = (id, source, callID)
        mix = RecordingFileNames(base: "\(folder)/\(parts.joined(separator: "-"))").mix
    }

    /// Reads the name of a mix; nil for what is none.
    package init?(mix: String) {
        let parts = RecordingFileNames.base(ofMix: mix)?.split(separator: "/").last?.split(separator: "-") ?? []
        guard parts.count == 3, let callID = Identifier(parsing: String(parts[0])),
            let id = Identifier(parsing: String(parts[1])), let source = RecordingSource(rawValue: String(parts[2]))
        else { return nil }
        (self.id, self.source, self.callID, self.mix) = (id, source, callID, mix)
    }
}
