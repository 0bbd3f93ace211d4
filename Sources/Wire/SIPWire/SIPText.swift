/// Small readers of header text; quotes and angle brackets are respected.
enum SIPText {
    /// Whether text is a list of elements with parameters, as far as its separators tell: nothing between two of them
    /// is empty, quotes end, and a URI with `?` is in angle brackets, without which nobody knows whose it is (RFC 3261
    /// section 20).
    static func isElementList(_ text: String) -> Bool {
        var (isQuoted, isEscaped, isEmpty, hasBareHeaders) = (false, false, true, false)
        var depth = 0
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): (isQuoted, isEmpty) = (!isQuoted, false)
            case _ where isQuoted: break
            // What came before it was a name for people.
            case UInt8(ascii: "<"): (depth, hasBareHeaders) = (depth + 1, false)
            case UInt8(ascii: ">"): (depth, isEmpty) = (depth - 1, false)
            case _ where depth > 0: break
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if isEmpty || hasBareHeaders { return false }
                isEmpty = true
            case UInt8(ascii: "?"): (isEmpty, hasBareHeaders) = (false, true)
            case _ where !isSpace(byte): isEmpty = false
            default: break
            }
        }
        return !isQuoted && !isEmpty && !hasBareHeaders
    }

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
        let scalars = Substring(text).unicodeScalars
        guard scalars.first == "\"", scalars.last == "\"", scalars.dropFirst().first != nil else { return String(text) }
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in scalars.dropFirst().dropLast() {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            result.append(scalar)
        }
        return String(result)
    }

    /// A quoted string of any text; control characters may be in it, but only escaped (RFC 3261 section 25.1).
    static func quoted(_ text: String) -> String {
        var result: String.UnicodeScalarView = "\"".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" || scalar.value < 0x20 || scalar.value == 0x7F { result.append("\\") }
            result.append(scalar)
        }
        result.append("\"")
        return String(result)
    }

    /// Text with its `%` escapes resolved, once (RFC 3261 section 19.1.2). A `%` without two digits stays what it is;
    /// bytes that are not UTF-8 become replacement characters.
    static func unescaped(_ text: some StringProtocol) -> String {
        String(decoding: resolvingEscapes(text) { _ in true }, as: UTF8.self)
    }

    /// Text without the escapes of characters that need none, which changes nothing of what it means (section 19.1.4).
    static func normalized(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return String(decoding: resolvingEscapes(text, where: isUnreserved), as: UTF8.self)
    }

    private static func resolvingEscapes(_ text: some StringProtocol, where passes: (UInt8) -> Bool) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap(hexadecimal)
            if byte == UInt8(ascii: "%"), digits.count == 2, passes(digits[0] << 4 | digits[1]) {
                result.append(digits[0] << 4 | digits[1])
                rest.removeFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// Letters, digits and marks (RFC 3261 section 25.1).
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_.!~*'()".utf8.contains(byte)
    }

    /// Whether text is a token (RFC 3261 section 25.1).
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isTokenByte[Int($0)] }
    }

    /// Whether a line has no control characters, but for those that a quoted string escapes (RFC 3261 section 25.1).
    static func isText(_ line: some Collection<UInt8>) -> Bool {
        isPrintable(line) || hasOnlyEscapedControls(line)
    }

    /// Whether a line has no control characters at all.
    static func isPrintable(_ line: some Collection<UInt8>) -> Bool { line.allSatisfy(isPrintable) }

    private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    private static func hasOnlyEscapedControls(_ line: some Collection<UInt8>) -> Bool {
        var (isQuoted, isEscaped) = (false, false)
        for byte in line {
            let isPair = isEscaped && byte != 0x0D && byte != 0x0A
            guard isPair || isPrintable(byte) else { return false }
            if !isEscaped, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            isEscaped = !isEscaped && isQuoted && byte == UInt8(ascii: "\\")
        }
        return true
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
