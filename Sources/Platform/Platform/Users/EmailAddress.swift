/// An e-mail address, as far as it can be judged without sending something to it (RFC 5321 section 4.1.2).
package struct EmailAddress: Sendable, Hashable {
    /// In lower case: two spellings of an address are one person here.
    package let text: String

    /// Reads an address; surrounding white space is dropped.
    ///
    /// - Throws: `PlatformError` `request.invalid`, naming `field`.
    package init(parsing text: String, field: String) throws(PlatformError) {
        let trimmed = Self.trimmed(text)
        guard Self.isAddress(trimmed) else {
            throw PlatformError(.requestInvalid, "An e-mail address looks like dev@example.com.", field: field)
        }
        self.text = trimmed.lowercased()
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        // Nothing that could end a line or a field of a message, and no address that needs quotes.
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"(),:;<>[\\]".utf8.contains($0) }) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }
}
