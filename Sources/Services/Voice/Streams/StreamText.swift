import Foundation
import Platform

/// Reads what a server wrote.
enum StreamText {
    /// The longest text of a command, in bytes. Only messages that carry sound may be as large as the socket allows.
    static let longestCommand = 65_536

    /// The members of a JSON object; nil for anything else.
    static func object(_ text: String) -> JSONValue? {
        guard let value = try? JSONValue(parsing: Data(text.utf8)), case .object = value else { return nil }
        return value
    }

    /// The text of a flat JSON object as a document of its own, in the customer's order of members; nil when it is none.
    static func document(_ text: String?) -> JSONValue? {
        guard let text, object(text) != nil else { return nil }
        return .printed(text)
    }
}
