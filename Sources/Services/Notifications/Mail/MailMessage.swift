import Foundation
import Platform
import Primitives

/// A mail in the form it travels in (RFC 5322, RFC 2045).
struct MailMessage {
    /// Lines of base64 (RFC 2045 section 6.8).
    private static let encodedLine = 76
    /// RFC 5322 section 2.1.1.
    private static let longestLine = 998

    let text: String

    /// Writes a mail out.
    ///
    /// - Parameter sender: the address it is from.
    init(_ mail: Mail, sender: String) {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let lines = mail.text.split(separator: "\n", omittingEmptySubsequences: false)
        let isPlain = mail.text.utf8.allSatisfy { $0 < 0x80 } && lines.allSatisfy { $0.utf8.count <= Self.longestLine }
        let body = isPlain ? lines.joined(separator: "\r\n") : Self.encoded(mail.text)
        var headers = [
            "From: Sautikit <\(sender)>", "To: <\(mail.recipient)>", "Subject: \(Self.word(mail.subject))",
            "Date: \(Self.date(mail.writtenAt))", "Message-ID: <\(mail.id.uuidString)@\(domain)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: \(isPlain ? "7bit" : "base64")",
            "Auto-Submitted: auto-generated",
        ]
        if let url = mail.unsubscribeURL {
            headers += ["List-Unsubscribe: <\(url)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
        }
        text = headers.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n"
    }

    /// The text between DATA and its end: a line that begins with a dot gets another (RFC 5321 section 4.5.2).
    var stuffed: String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(".") ? "." + $0 : String($0) }.joined(separator: "\r\n")
    }

    /// ASCII as it is; anything else as encoded words of 45 bytes at most (RFC 2047 section 2).
    private static func word(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var words: [String] = []
        var part = ""
        for character in text {
            if part.utf8.count + String(character).utf8.count > 45 {
                words.append(part)
                part = ""
            }
            // A line break would begin another field.
            part.append(character.isNewline ? " " : character)
        }
        words.append(part)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func encoded(_ text: String) -> String {
        let letters = Array(Data(text.utf8).base64EncodedString().utf8)
        return stride(from: 0, to: letters.count, by: encodedLine)
            .map { String(decoding: letters[$0..<min($0 + encodedLine, letters.count)], as: UTF8.self) }
            .joined(separator: "\r\n")
    }

    private static func date(_ moment: Timestamp) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(moment.secondsSinceEpoch)))
    }
}
