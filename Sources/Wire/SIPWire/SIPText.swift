/// Small readers of header text; quotes and angle brackets are respected.
enum SIPText {
    /// Splits at commas outside of quotes and angle brackets, white space and empty elements dropped.
    static func commaSeparated(_ text: String) -> [String] {
        split(text, at: UInt8(ascii: ","))
    }

    /// Splits at a separator outside of quotes and angle brackets.
    static func split(_ text: String, at separator: UInt8) -> [String] {
        let bytes = text.utf8
        var parts: [String] = []
        // Most fields hold one element, which needs no reading.
        guard bytes.contains(separator) else {
            append(text[...], to: &parts)
            return parts
        }
        var start = bytes.startIndex
        var index = start
        var isQuoted = false
        var depth = 0
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted:
                index = bytes.index(after: index)
                if index == bytes.endIndex { continue }
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "<") where !isQuoted: depth += 1
            case UInt8(ascii: ">") where !isQuoted: depth = max(0, depth - 1)
            case separator where !isQuoted && depth == 0:
                append(text[start..<index], to: &parts)
                start = bytes.index(after: index)
            default: break
            }
            index = bytes.index(after: index)
        }
        append(text[start...], to: &parts)
        return parts
    }

    /// Without white space at both ends.
    static func trimmed(_ text: Substring) -> Substring {
        var bytes = text.utf8
        while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return Substring(bytes)
    }

    /// The text of a quoted string without its quotes and escapes; any other text as it is.
    static func unquoted(_ text: some StringProtocol) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return String(text) }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            result.append(character)
        }
        return result
    }

    /// A quoted string of any text.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "\""
    }

    /// Whether text is a token (RFC 3261 section 25.1).
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isTokenByte[Int($0)] }
    }

    static func isText(_ line: some Sequence<UInt8>) -> Bool {
        line.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static let isTokenByte: [Bool] = (0...255).map { code in
        let byte = UInt8(code)
        return (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-.!%*_+`'~".utf8.contains(byte)
    }

    private static func append(_ part: Substring, to parts: inout [String]) {
        let text = trimmed(part)
        if !text.isEmpty { parts.append(String(text)) }
    }
}
