/// The XML declaration that a document may begin with: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` (XML 1.0
/// section 2.8).
struct MarkupDeclaration {
    private static let encodings: Set<String> = ["utf-8", "utf8", "us-ascii"]

    /// Its length, in bytes.
    let count: Int
    /// What it says that the document is in, in small letters; nil when it does not say.
    let encoding: String?

    /// Whether UTF-8 is what it says, or is read as what it says.
    var isUTF8: Bool { encoding.map(Self.encodings.contains) ?? true }

    /// Reads it.
    ///
    /// - Parameter bytes: the document.
    /// - Returns: nil when the document does not begin with one.
    /// - Throws: `PlatformError` `request.malformed` when it is not well-formed.
    init?(_ bytes: [UInt8]) throws(PlatformError) {
        guard bytes.starts(with: "<?xml".utf8), bytes.dropFirst(5).first.map(Self.isBlank) == true else { return nil }
        var rest = bytes.dropFirst(5)
        guard let version = Self.value(of: "version", &rest), version.hasPrefix("1.") else { throw Self.malformed }
        encoding = Self.value(of: "encoding", &rest)?.lowercased()
        let standalone = Self.value(of: "standalone", &rest)
        rest = rest.drop(while: Self.isBlank)
        guard standalone.map(["yes", "no"].contains) ?? true, rest.starts(with: "?>".utf8) else { throw Self.malformed }
        count = rest.startIndex + 2
    }

    /// Takes ` name = "value"`; nil, with nothing taken, when that is not next.
    private static func value(of name: String, _ rest: inout ArraySlice<UInt8>) -> String? {
        var next = rest.drop(while: isBlank)
        guard next.startIndex > rest.startIndex, next.starts(with: name.utf8) else { return nil }
        next = next.dropFirst(name.utf8.count).drop(while: isBlank)
        guard next.popFirst() == UInt8(ascii: "=") else { return nil }
        next = next.drop(while: isBlank)
        guard let quote = next.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = next.firstIndex(of: quote)
        else { return nil }
        rest = next[(end + 1)...]
        return String(decoding: next[..<end], as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }

    private static var malformed: PlatformError {
        VoiceDocument.refusal(.requestMalformed, "The document's XML declaration is not well-formed.")
    }
}
