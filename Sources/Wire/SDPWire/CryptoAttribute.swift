/// An `a=crypto` line: one way to secure a stream, with the key that its sender will use (RFC 4568 section 4).
package struct CryptoAttribute: Sendable, Equatable {
    /// Names the line; an answer repeats the tag of the line it takes.
    package let tag: Int
    /// The suite and the key.
    package let key: CryptoKey

    /// The most bytes of a line that we could use: parameters that we know are short.
    static let longest = 512

    /// Makes a line.
    package init(tag: Int, key: CryptoKey) {
        self.tag = tag
        self.key = key
    }

    /// Reads what follows `a=crypto:`. Total: any text gives a line that we can use, or says why not.
    ///
    /// A key's lifetime binds whoever sends with it, which is the peer: it is checked for its form alone.
    ///
    /// - Throws: `CryptoFault`.
    package init(parsing text: String) throws(CryptoFault) {
        guard text.utf8.count <= Self.longest else { throw .tooLong }
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count >= 3, (1...9).contains(words[0].utf8.count), let tag = Self.number(words[0]) else {
            throw .malformed
        }
        guard let suite = CryptoSuite(rawValue: String(words[1])) else { throw .unknownSuite }
        key = try Self.key(words[2], suite)
        self.tag = tag
        for parameter in words.dropFirst(3) where !Self.isIgnorable(parameter) { throw .parameter }
    }

    /// What follows `a=crypto:`. It holds the key.
    var text: String { "\(tag) \(key.suite.rawValue) inline:\(Base64.encode(key.bytes))" }

    private static func key(_ text: Substring, _ suite: CryptoSuite) throws(CryptoFault) -> CryptoKey {
        guard !text.contains(";") else { throw .keyIdentifier }
        let method = text.prefix { $0 != ":" }
        guard method.lowercased() == "inline", method.endIndex < text.endIndex else { throw .malformed }
        let parts = text[text.index(after: method.endIndex)...].split(separator: "|", omittingEmptySubsequences: false)
        let more = parts.dropFirst()
        guard !more.contains(where: { $0.contains(":") }) else { throw .keyIdentifier }
        guard more.count <= 1, more.allSatisfy(isLifetime) else { throw .malformed }
        guard let bytes = parts.first.flatMap({ Base64.decode($0) }), let key = CryptoKey(suite, bytes) else {
            throw .wrongKey
        }
        return key
    }

    /// Packets that a key is good for, as a number or as a power of two, at most 2^48 (RFC 4568 section 6.1).
    private static func isLifetime(_ text: Substring) -> Bool {
        guard text.hasPrefix("2^") else { return number(text).map { (1...1 << 48).contains($0) } ?? false }
        return number(text.dropFirst(2)).map { $0 <= 48 } ?? false
    }

    /// What begins with a minus need not be understood, and a hint on the replay window is only that (RFC 4568 sections 6.3.6
    /// and 6.3.7).
    private static func isIgnorable(_ parameter: Substring) -> Bool {
        if parameter.hasPrefix("-") { return true }
        return parameter.hasPrefix("WSH=") && number(parameter.dropFirst(4)) != nil
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

extension CryptoAttribute: CustomStringConvertible {
    /// Without the key.
    package var description: String { "\(tag) \(key)" }
}
