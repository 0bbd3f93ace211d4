/// What an XML document must not have, found before anything expands it: a document type, whose entities can make
/// gigabytes of a line or name files of this machine, and another encoding, which would hide one.
enum MarkupProlog {
    /// - Throws: `PlatformError` `request.malformed`.
    static func check(_ text: String) throws(PlatformError) {
        if let declaration = text.prefixMatch(of: /<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']/) {
            guard ["utf-8", "utf8", "us-ascii"].contains(declaration.1.lowercased()) else {
                throw VoiceDocument.refusal(.requestMalformed, "A document is text in UTF-8.")
            }
        }
        if hasDeclaration(Array(text.utf8)) {
            throw VoiceDocument.refusal(
                .requestMalformed,
                "A document of verbs begins with <Response> and has no document type (<!DOCTYPE …>)."
            )
        }
    }

    /// Whether `<!` stands anywhere but in a comment, a CDATA section or an instruction, or begins one of the former.
    private static func hasDeclaration(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            let rest = bytes[index...]
            if rest.starts(with: "<!--".utf8) {
                index = end(of: "-->", in: bytes, from: index + 4)
            } else if rest.starts(with: "<![CDATA[".utf8) {
                index = end(of: "]]>", in: bytes, from: index + 9)
            } else if rest.starts(with: "<?".utf8) {
                index = end(of: "?>", in: bytes, from: index + 2)
            } else if rest.starts(with: "<!".utf8) {
                return true
            } else {
                index += 1
            }
        }
        return false
    }

    private static func end(of mark: String, in bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            if bytes[index...].starts(with: mark.utf8) { return index + mark.utf8.count }
            index += 1
        }
        return bytes.count
    }
}
