package import Primitives

/// A recording that was found in a spool.
package struct SpooledRecording: Sendable, Equatable {
    /// Whose it is.
    package let callID: Identifier
    /// The mix: a path below the spool.
    package let mix: String

    /// Names one.
    package init(callID: Identifier, mix: String) {
        self.callID = callID
        self.mix = mix
    }
}
