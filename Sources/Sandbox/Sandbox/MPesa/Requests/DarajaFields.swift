import Platform
import Primitives

/// Reads the fields of a request, numbers as strings and the other way round, as Safaricom's own samples mix them
/// (facts section 3). Everything that does not fit is the call's own refusal.
struct DarajaFields {
    let document: JSONValue
    let api: DarajaAPI
    let strictness: MPesaStrictness

    /// A string or a whole number, as text.
    func text(_ name: String) -> String? {
        switch document[name] {
        case .string(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// A text of a length.
    func text(_ name: String, _ lengths: ClosedRange<Int>) throws(DarajaError) -> String {
        guard let text = text(name), lengths.contains(text.count), !text.utf8.contains(0) else {
            throw api.invalid(name)
        }
        return text
    }

    /// A text that may be missing, null or empty.
    func optionalText(_ name: String, atMost length: Int) throws(DarajaError) -> String {
        switch document[name] {
        case nil, .null: return ""
        default: return try text(name, 0...length)
        }
    }

    /// One of some words, as they are written.
    func choice(_ name: String, _ words: String...) throws(DarajaError) -> String {
        guard let text = text(name), words.contains(text) else { throw api.invalid(name) }
        return text
    }

    /// Five to seven digits.
    func shortcode(_ name: String) throws(DarajaError) -> String {
        guard let text = text(name), (5...7).contains(text.utf8.count), Self.isDigits(text) else {
            throw api.invalid(name)
        }
        return text
    }

    /// Twelve digits that begin with 2547 or 2541.
    func phone(_ name: String) throws(DarajaError) -> String {
        guard let text = text(name), Self.isPhone(text) else { throw api.invalid(name) }
        return text
    }

    /// Whole shillings, one at least.
    func amount(_ name: String) throws(DarajaError) -> Int64 {
        guard let text = text(name), text.utf8.count <= 12, Self.isDigits(text), let amount = Int64(text), amount >= 1
        else { throw api.invalid(name) }
        return amount
    }

    /// An absolute URL that the rules allow.
    func url(_ name: String) throws(DarajaError) -> String {
        guard let text = text(name), DarajaURLRule(strictness).allows(text) else { throw api.invalid(name) }
        return text
    }

    /// `yyyy-MM-dd HH:mm:ss` in Nairobi.
    func moment(_ name: String) throws(DarajaError) -> Timestamp {
        guard let text = text(name), let moment = MPesaTime.moment(spaced: text) else { throw api.invalid(name) }
        return moment
    }

    static func isPhone(_ text: String) -> Bool {
        text.utf8.count == 12 && isDigits(text) && (text.hasPrefix("2547") || text.hasPrefix("2541"))
    }

    static func isDigits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
