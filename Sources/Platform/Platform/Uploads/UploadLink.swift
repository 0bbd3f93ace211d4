package import Primitives

/// A path that lets whoever has it fetch an upload for a while, without a key.
package struct UploadLink: Sendable {
    private static let folder = "/v1/uploads/files/"

    private let link: SignedLink

    /// Signs and checks with the server's own key.
    package init(_ context: PlatformContext) {
        link = SignedLink(secrets: context.secrets, kind: "upload")
    }

    /// The path and query of a link: `/v1/uploads/files/aud_….wav?expires=…&signature=…`.
    package func path(of upload: Upload, expiresAt: Timestamp) -> String {
        let name = upload.id.rendered(prefix: "aud") + (upload.mimeType == "audio/mpeg" ? ".mp3" : ".wav")
        return "\(Self.folder)\(name)?\(link.query(of: upload.id, expiresAt: expiresAt))"
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
        try link.verify(Self.id(ofFile: name[...]), expires: expires, signature: signature, at: now)
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
}
