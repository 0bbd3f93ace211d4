/// The master key and salt of one way (RFC 3711 section 3.2.1). A secret: it is described without them.
package struct SRTPMasterKey: Sendable, Equatable {
    /// What the key is for.
    package let profile: SRTPProfile
    let bytes: [UInt8]

    /// Makes a key.
    ///
    /// - Parameter bytes: the key, then the salt; as many as the profile wants, or it is a mistake of the caller's.
    package init(_ profile: SRTPProfile, _ bytes: [UInt8]) {
        precondition(bytes.count == profile.keyByteCount, "a master key of the wrong length")
        self.profile = profile
        self.bytes = bytes
    }
}

extension SRTPMasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The profile alone.
    package var description: String { "\(profile) key" }
    /// The profile alone.
    package var debugDescription: String { description }
    /// Nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
