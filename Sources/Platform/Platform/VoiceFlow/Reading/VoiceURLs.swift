import Foundation

/// The URLs of a document: makes them absolute.
struct VoiceURLs: Sendable {
    /// Why a text is no URL that can be used, as the end of a sentence.
    struct Fault: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// The document's own URL; nil when it has none.
    let base: String?

    /// An http or https URL, resolved against the document's own (RFC 3986 section 5). One that is absolute stays as it is.
    func absolute(_ text: String) throws(Fault) -> String {
        if Self.scheme(of: text) != nil { return try Self.checked(text) }
        // The schema has the same as a pattern: RelativeVoiceURL.
        guard !text.hasPrefix("//"), !text.hasPrefix(":"), WebURL.rest.containsAll(of: text) else {
            throw Fault("must be an http or https URL, or a path relative to the document's own, percent-encoded")
        }
        guard let base else {
            throw Fault("must be an absolute http or https URL: this document has no URL of its own")
        }
        guard let resolved = URL(string: text, relativeTo: URL(string: base))?.absoluteString else {
            throw Fault("cannot be resolved against \(WrittenName.cut(base))")
        }
        return try Self.checked(resolved)
    }

    /// A WebSocket's URL, which is always absolute.
    static func socket(_ text: String) throws(Fault) -> String {
        let scheme = scheme(of: text)
        guard scheme == "ws" || scheme == "wss" else { throw Fault("must be a ws or wss URL") }
        guard text.utf8.count <= WebURL.longest - 2 else { throw Fault("has at most \(WebURL.longest - 2) bytes") }
        guard WebURL.isRight("http" + text.dropFirst(2)) else {
            throw Fault("must be a percent-encoded ws or wss URL with a host and without a user name")
        }
        return text
    }

    /// What is before the first colon, in small letters; nil for a relative URL.
    static func scheme(of text: String) -> String? {
        guard let end = text.firstIndex(where: { ":/?#".contains($0) }), text[end] == ":" else { return nil }
        let scheme = text[..<end]
        return scheme.isEmpty ? nil : scheme.lowercased()
    }

    private static func checked(_ text: String) throws(Fault) -> String {
        guard text.utf8.count <= WebURL.longest else { throw Fault("has at most \(WebURL.longest) bytes") }
        guard WebURL.isRight(text) else {
            throw Fault("must be a percent-encoded http or https URL with a host and without a user name")
        }
        return text
    }
}
