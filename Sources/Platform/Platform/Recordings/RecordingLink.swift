package import Primitives

/// A path that lets whoever has it fetch a recording for a while, without a key.
package struct RecordingLink: Sendable {
    private let secrets: SecretBox

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        secrets = context.secrets
    }

    /// The path and query of a link: `/v1/recordings/rec_….wav?expires=…&signature=…`.
    package func path(of recordingID: Identifier, expiresAt: Timestamp) -> String {
        let name = recordingID.rendered(prefix: "rec")
        let expires = expiresAt.secondsSinceEpoch
        return
            "/v1/recordings/\(name).wav?expires=\(expires)&signature=\(secrets.sign(Self.text(recordingID, expires)))"
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
        guard let id = Identifier(parsing: base), let seconds = Int64(expires),
            secrets.isSignature(signature, of: Self.text(id, seconds))
        else { throw PlatformError(.linkInvalid, "This link was changed or is not ours. Ask for a new one.") }
        guard now.secondsSinceEpoch < seconds else {
            throw PlatformError(.linkExpired, "This link has expired. Ask for a new one.")
        }
        return id
    }

    private static func text(_ id: Identifier, _ expires: Int64) -> String { "recording:\(id):\(expires)" }
}
