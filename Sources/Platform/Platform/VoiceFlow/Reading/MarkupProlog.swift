/// What an XML document must not have, found before the library sees it: a document type, whose entities can make gigabytes
/// of a line or name files of this machine; another encoding, which would hide one; and instructions (`<?x?>`), which nothing
/// here follows. All of it is looked at as bytes, as the library does: a combining mark makes another character of the `>`
/// before it, and the same byte.
enum MarkupProlog {
    /// A document that the library may see: with blanks for its XML declaration, so that there is no encoding to switch
    /// to, and lines and columns are those of the document.
    ///
    /// - Parameter bytes: text in UTF-8.
    /// - Throws: `PlatformError` `request.malformed`.
    static func checked(_ bytes: [UInt8]) throws(PlatformError) -> [UInt8] {
        var checked = bytes
        if let declaration = try MarkupDeclaration(bytes) {
            guard declaration.isUTF8 else {
                throw VoiceDocument.refusal(.requestMalformed, "A document is text in UTF-8.")
            }
            for index in 0..<declaration.count where checked[index] != UInt8(ascii: "\n") {
                checked[index] = UInt8(ascii: " ")
            }
        }
        if hasMore(checked) {
            throw VoiceDocument.refusal(
                .requestMalformed,
                "A document of verbs has neither a document type (<!DOCTYPE …>) nor instructions (<?…?>)."
            )
        }
        return checked
    }

    /// Whether there is more than elements, text, comments and CDATA sections.
    private static func hasMore(_ bytes: [UInt8]) -> Bool {
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
            } else if rest.starts(with: "<!".utf8) || rest.starts(with: "<?".utf8) {
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
