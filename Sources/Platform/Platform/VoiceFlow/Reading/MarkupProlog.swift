/// What an XML document must not have, found before the library sees it: a document type, whose entities can make gigabytes
/// of a line or name files of this machine; another encoding, which would hide one; and an instruction (`<?x?>`), of which
/// the library dereferences a null pointer when it has no data.
enum MarkupProlog {
    private static let encodings: Set<String> = ["utf-8", "utf8", "us-ascii"]

    /// - Throws: `PlatformError` `request.malformed`.
    static func check(_ text: String) throws(PlatformError) {
        guard encodings.contains(encoding(text)) else {
            throw VoiceDocument.refusal(.requestMalformed, "A document is text in UTF-8.")
        }
        if hasMore(Array(text.utf8)) {
            throw VoiceDocument.refusal(
                .requestMalformed,
                "A document of verbs has neither a document type (<!DOCTYPE …>) nor instructions (<?…?>)."
            )
        }
    }

    /// What the document says that it is in, in small letters.
    private static func encoding(_ text: String) -> String {
        guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>"),
            let name = text[..<end.lowerBound].firstRange(of: "encoding")
        else { return "utf-8" }
        let value = text[name.upperBound..<end.lowerBound].drop { $0.isWhitespace || $0 == "=" }
        return value.dropFirst().prefix { $0 != "\"" && $0 != "'" }.lowercased()
    }

    /// Whether there is more than elements, text, comments, CDATA sections and the XML declaration.
    private static func hasMore(_ bytes: [UInt8]) -> Bool {
        let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let isDeclared = bytes.starts(with: "<?xml".utf8) && bytes.dropFirst(5).first.map(blanks.contains) == true
        var index = isDeclared ? end(of: "?>", in: bytes, from: 5) : 0
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
