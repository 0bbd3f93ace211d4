/// A mail server's side of a conversation (RFC 5321 section 4.1), with what the sandbox needs of it. A state machine as a
/// value: a line in, an answer out, and now and then a message.
struct MailboxSession {
    struct Output: Equatable {
        var reply: String?
        var message: (recipients: [String], text: String)?
        var isOver = false

        static func == (left: Output, right: Output) -> Bool {
            left.reply == right.reply && left.isOver == right.isOver
                && left.message?.recipients == right.message?.recipients && left.message?.text == right.message?.text
        }
    }

    static let greeting = "220 sandbox ESMTP"
    static let longestMessage = 1 << 20
    static let mostRecipients = 100

    private var hasSender = false
    private var recipients: [String] = []
    /// The lines of the message, while it comes.
    private var message: [String]?
    private var size = 0

    /// Takes a line without its end.
    mutating func take(_ line: String) -> Output {
        if message != nil { return takeData(line) }
        let words = line.split(separator: " ", maxSplits: 1)
        let argument = words.count > 1 ? String(words[1]) : ""
        switch words.first?.uppercased() {
        case "EHLO": return Output(reply: "250-sandbox\r\n250-8BITMIME\r\n250 SIZE \(Self.longestMessage)")
        case "HELO", "NOOP": return Output(reply: "250 ok")
        case "RSET":
            reset()
            return Output(reply: "250 ok")
        case "MAIL": return takeSender(argument)
        case "RCPT": return takeRecipient(argument)
        case "DATA":
            guard !recipients.isEmpty else { return Output(reply: "503 who is it for?") }
            message = []
            return Output(reply: "354 end with a line of one dot")
        case "QUIT": return Output(reply: "221 bye", isOver: true)
        default: return Output(reply: "502 not known here")
        }
    }

    private mutating func takeSender(_ argument: String) -> Output {
        guard Self.address(argument, after: "FROM:") != nil else { return Output(reply: "501 FROM:<address>") }
        reset()
        hasSender = true
        return Output(reply: "250 ok")
    }

    private mutating func takeRecipient(_ argument: String) -> Output {
        guard hasSender else { return Output(reply: "503 who is it from?") }
        guard let address = Self.address(argument, after: "TO:"), !address.isEmpty else {
            return Output(reply: "501 TO:<address>")
        }
        guard recipients.count < Self.mostRecipients else { return Output(reply: "452 too many recipients") }
        recipients.append(address)
        return Output(reply: "250 ok")
    }

    private mutating func takeData(_ line: String) -> Output {
        guard line == "." else {
            size += line.utf8.count + 2
            // Beyond the limit lines are only counted, and the end is answered with a refusal.
            if size <= Self.longestMessage { message?.append(line.hasPrefix(".") ? String(line.dropFirst()) : line) }
            return Output()
        }
        let (text, isTooLong) = ((message ?? []).joined(separator: "\r\n"), size > Self.longestMessage)
        let taken = recipients
        reset()
        if isTooLong { return Output(reply: "552 too long") }
        return Output(reply: "250 taken", message: (taken, text))
    }

    private mutating func reset() {
        hasSender = false
        recipients = []
        message = nil
        size = 0
    }

    /// What is between the angle brackets; parameters after them are not needed.
    private static func address(_ argument: String, after keyword: String) -> String? {
        guard argument.uppercased().hasPrefix(keyword) else { return nil }
        let rest = argument.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") else { return nil }
        return String(rest[rest.index(after: rest.startIndex)..<end])
    }
}
