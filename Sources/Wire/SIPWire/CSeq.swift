/// A request's number within its dialog, and its method (RFC 3261 section 20.16).
package struct CSeq: Sendable, Hashable {
    /// Below 2^31.
    package let number: UInt32
    /// The method.
    package let method: SIPMethod

    /// Makes a sequence.
    package init(_ number: UInt32, _ method: SIPMethod) {
        self.number = number
        self.method = method
    }

    /// Reads `4711 INVITE`.
    package init?(_ text: String) {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count == 2, words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt32(words[0]),
            number < 1 << 31, SIPText.isToken(words[1])
        else { return nil }
        self.init(number, SIPMethod(rawValue: String(words[1])))
    }

    /// The value as it is sent.
    package var text: String { "\(number) \(method.rawValue)" }
}
