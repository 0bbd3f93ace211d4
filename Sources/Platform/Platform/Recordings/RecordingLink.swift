package import Primitives

/// A path that lets whoever has it fetch a recording for a while, without a key.
package struct RecordingLink: Sendable {
    private let link: SignedLink

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        link = SignedLink(secrets: context.secrets, kind: "recording")
    }

    /// The path and query of a link: `/v1/recordings/rec_….wav?expires=…&signature=…`.
    package func path(of recordingID: Identifier, expiresAt: Timestamp) -> String {
        "/v1/recordings/\(recordingID.rendered(prefix: "rec")).wav?\(link.query(of: recordingID, expiresAt: expiresAt))"
    }

    /// The recording a link is for.
    ///
    /// - Parameters:
    ///   - name: the last path component.
    ///   - expires: Unix seconds, as the link has them.
    /// - Throws: `PlatformError` `links.invalid` or `links.expired`.
    package func verify(
        name: String,
        expires: String,
        signature: String,
        at now: Timestamp
    ) throws(PlatformError) -> Identifier {
        let base = name.hasSuffix(".wav") ? String(name.dropLast(4)) : name
        return try link.verify(Identifier(parsing: base), expires: expires, signature: signature, at: now)
    }
}
