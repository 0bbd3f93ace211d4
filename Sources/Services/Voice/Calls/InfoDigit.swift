/// A key that a peer presses with a SIP INFO request.
enum InfoDigit {
    /// The key in the body of `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`); nil for anything else.
    static func key(contentType: String, body: [UInt8]) -> Character? {
        guard body.count <= 256 else { return nil }
        let type = contentType.prefix { $0 != ";" }.lowercased()
        let text = String(decoding: body, as: UTF8.self)
        let word: Substring?
        switch type {
        case "application/dtmf-relay":
            let lines = text.split(whereSeparator: \.isNewline)
            word = lines.first { $0.lowercased().hasPrefix("signal") }?.split(separator: "=").last
        case "application/dtmf": word = text[...]
        default: return nil
        }
        let key = word?.filter { !$0.isWhitespace }.uppercased() ?? ""
        guard key.count == 1, let first = key.first, "0123456789*#ABCD".contains(first) else { return nil }
        return first
    }
}
