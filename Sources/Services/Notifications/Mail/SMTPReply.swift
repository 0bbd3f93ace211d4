/// A server's answer (RFC 5321 section 4.2): a code, and the text of each of its lines.
struct SMTPReply: Equatable, Sendable {
    let code: Int
    let lines: [String]

    /// 2yz: done.
    var isPositive: Bool { code / 100 == 2 }

    /// 4yz: trying again later may help (RFC 5321 section 4.2.1).
    var isTransient: Bool { code / 100 == 4 }

    /// Everything in one line, for a log.
    var summary: String { "\(code) \(lines.joined(separator: " "))" }
}
