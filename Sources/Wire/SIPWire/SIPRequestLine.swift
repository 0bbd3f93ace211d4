/// A request line (RFC 3261 section 7.1), as far as it can be read.
struct SIPRequestLine {
    /// The first word, whatever it is.
    let method: SIPMethod
    /// Nil when there is none that we understand.
    let uri: SIPURI?
    /// What is wrong; nil when nothing is.
    let refusal: SIPRefusal?

    /// Reads a line; total.
    init(_ line: String) {
        // Exactly one space between three words: with more, two readers would disagree about where the URI ends.
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        method = SIPMethod(rawValue: String(words[0]))
        guard words.count == 3, SIPText.isToken(words[0]), Self.isVersion(words[2]) else {
            uri = nil
            refusal = SIPRefusal(400, "the request line is malformed")
            return
        }
        let uri = SIPURI(words[1])
        self.uri = uri
        if words[2] != "SIP/2.0" {
            refusal = SIPRefusal(505, "this is SIP/2.0")
        } else if uri == nil {
            let isForeign = SIPURI.hasForeignScheme(words[1])
            refusal =
                isForeign
                ? SIPRefusal(416, "sip and sips are known") : SIPRefusal(400, "the request URI is malformed")
        } else if uri?.headers != nil {
            // Section 19.1.1 forbids them here; to heed them would let a link write headers of its own.
            refusal = SIPRefusal(400, "the request URI has headers")
        } else {
            refusal = nil
        }
    }

    /// Whether a word is `SIP/` and two numbers with a dot between them.
    private static func isVersion(_ word: Substring) -> Bool {
        if word == "SIP/2.0" { return true }
        guard word.hasPrefix("SIP/") else { return false }
        let numbers = word.utf8.dropFirst(4).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 2
            && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
