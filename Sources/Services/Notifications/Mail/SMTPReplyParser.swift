/// Puts replies together from bytes as they come in (RFC 5321 section 4.2.1). Pure and total.
struct SMTPReplyParser {
    enum Fault: Error, Equatable {
        /// A line that is no part of a reply.
        case malformed(String)
        /// More than a server may say.
        case tooLong
    }

    /// RFC 5321 section 4.5.3.1.5 allows 512 bytes; some servers say more.
    static let longestLine = 2048
    static let mostLines = 128

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether something has begun that is not a whole reply yet.
    var isInside: Bool { !line.isEmpty || code != nil }

    /// Takes bytes and returns the replies that they complete.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(Fault) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                if line.count > Self.longestLine { throw .tooLong }
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let reply = try take(line) { replies.append(reply) }
            line = []
        }
        return replies
    }

    /// A line: three digits, then `-` when more follow, a space or nothing when it is the last.
    private mutating func take(_ line: [UInt8]) throws(Fault) -> SMTPReply? {
        let text = String(decoding: line, as: UTF8.self)
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text.prefix(3)),
            (200...599).contains(number), code == nil || code == number
        else { throw .malformed(String(text.prefix(80))) }
        let mark = line.count > 3 ? line[3] : UInt8(ascii: " ")
        guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else { throw .malformed(String(text.prefix(80))) }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        if lines.count > Self.mostLines { throw .tooLong }
        guard mark == UInt8(ascii: " ") else {
            code = number
            return nil
        }
        defer {
            code = nil
            lines = []
        }
        return SMTPReply(code: number, lines: lines)
    }
}
