import Foundation

/// Reads what our own mailer writes: one part of text, as it is or in base64. Pure and total.
enum MailReader {
    static func read(_ message: String) -> (subject: String, text: String) {
        let lines = message.split(separator: "\r\n", omittingEmptySubsequences: false)
        let head = lines.prefix { !$0.isEmpty }
        let body = lines.dropFirst(head.count + 1)
        let isEncoded = field("content-transfer-encoding", in: head)?.lowercased() == "base64"
        let text =
            isEncoded
            ? Data(base64Encoded: body.joined()).map { String(decoding: $0, as: UTF8.self) } ?? ""
            : body.joined(separator: "\n")
        return (subject(field("subject", in: head) ?? ""), text.trimmingCharacters(in: .newlines))
    }

    /// A field's value, its folded lines put together (RFC 5322 section 2.2.3).
    private static func field(_ name: String, in head: ArraySlice<Substring>) -> String? {
        var value: String?
        for line in head {
            if line.hasPrefix(" ") || line.hasPrefix("\t") {
                value? += " " + line.trimmingCharacters(in: .whitespaces)
            } else if value != nil {
                break
            } else if line.lowercased().hasPrefix(name + ":") {
                value = line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
            }
        }
        return value
    }

    /// Encoded words as our mailer writes them (RFC 2047), else the text as it is.
    private static func subject(_ value: String) -> String {
        let words = value.split(separator: " ")
        guard !words.isEmpty, words.allSatisfy({ $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") }) else {
            return value
        }
        return words.map { word in
            Data(base64Encoded: String(word.dropFirst(10).dropLast(2))).map { String(decoding: $0, as: UTF8.self) }
                ?? ""
        }.joined()
    }
}
