import Crypto

/// A payer as M-Pesa tells them: all digits, some masked (`2547 ***** 126`), or the SHA-256 of the digits (facts M-Pesa, section 6).
struct PayerText {
    let text: String

    /// Whether it can be the telephone of a number; nil when nothing can be said.
    func couldBe(_ e164: String) -> Bool? {
        let digits = String(e164.dropFirst())
        if text.utf8.count == 64 {
            return text.lowercased() == SHA256.hash(data: Array(digits.utf8)).hexString
        }
        let shown = text.filter { $0 != " " && $0 != "+" }
        guard shown.contains(where: \.isWholeNumber) else { return nil }
        guard let mask = shown.firstIndex(of: "*"), let last = shown.lastIndex(of: "*") else {
            return shown == digits || digits == "254" + shown || digits == "254" + shown.dropFirst()
        }
        return digits.hasPrefix(shown[..<mask]) && digits.hasSuffix(shown[shown.index(after: last)...])
    }
}
