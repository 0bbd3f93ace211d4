import Primitives

/// What makes a link to a file work for a while without a key: when it ends, and our signature of that.
struct SignedLink {
    let secrets: SecretBox
    /// What kind of file it leads to, so that a link to one kind is none to another.
    let kind: String

    /// The query of a link: `expires=…&signature=…`.
    func query(of id: Identifier, expiresAt: Timestamp) -> String {
        let expires = expiresAt.secondsSinceEpoch
        return "expires=\(expires)&signature=\(secrets.sign(text(id, expires)))"
    }

    /// Checks what a link says.
    ///
    /// - Parameters:
    ///   - id: the file that its path names; nil when it names none.
    ///   - expires: Unix seconds, as the link has them.
    /// - Throws: `PlatformError` `links.invalid` or `links.expired`.
    func verify(
        _ id: Identifier?,
        expires: String,
        signature: String,
        at now: Timestamp
    ) throws(PlatformError) -> Identifier {
        guard let id, let seconds = Int64(expires), secrets.isSignature(signature, of: text(id, seconds)) else {
            throw PlatformError(.linkInvalid, "This link was changed or is not ours. Ask for a new one.")
        }
        guard now.secondsSinceEpoch < seconds else {
            throw PlatformError(.linkExpired, "This link has expired. Ask for a new one.")
        }
        return id
    }

    private func text(_ id: Identifier, _ expires: Int64) -> String { "\(kind):\(id):\(expires)" }
}
