package import Primitives

/// A path that lets whoever has it fetch an upload for a while, without a key.
package struct UploadLink: Sendable {
    private static let folder = "/v1/uploads/files/"

    private let secrets: SecretBox

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        secrets = context.secrets
    }

    /// The path and query of a link: `/v1/uploads/files/aud_….wav?expires=…&signature=…`.
    package func path(of upload: Upload, expiresAt: Timestamp) -> String {
        let name = upload.id.rendered(prefix: "aud") + (upload.mimeType == "audio/mpeg" ? ".mp3" : ".wav")
        let expires = expiresAt.secondsSinceEpoch
        return "\(Self.folder)\(name)?expires=\(expires)&signature=\(secrets.sign(Self.text(upload.id, expires)))"
    }

    /// The upload a link is for.
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
        guard let id = Self.id(ofFile: name[...]), let seconds = Int64(expires),
            secrets.isSignature(signature, of: Self.text(id, seconds))
        else { throw PlatformError(.linkInvalid, "This link was changed or is not ours. Ask for a new one.") }
        guard now.secondsSinceEpoch < seconds else {
            throw PlatformError(.linkExpired, "This link has expired. Ask for a new one.")
        }
        return id
    }

    /// The upload that a URL of ours is for, whether its signature still holds or not: its own workspace may play it for
    /// ever. Nil for any other URL.
    ///
    /// - Returns: the id as `play` takes it.
    package static func uploadID(in url: String, publicURL: String) -> String? {
        let root = publicURL + folder
        guard url.hasPrefix(root) else { return nil }
        return id(ofFile: url.dropFirst(root.count).prefix { $0 != "?" && $0 != "#" })?.rendered(prefix: "aud")
    }

    private static func id(ofFile name: Substring) -> Identifier? {
        let base = [".wav", ".mp3"].contains { name.hasSuffix($0) } ? name.dropLast(4) : name
        return Identifier(parsing: String(base))
    }

    private static func text(_ id: Identifier, _ expires: Int64) -> String { "upload:\(id):\(expires)" }
}
