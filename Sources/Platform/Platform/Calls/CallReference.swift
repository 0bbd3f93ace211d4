package import Primitives

/// How a client names a call in a path: any rendering of its id, or its `HD_` session id (facts section 6).
package enum CallReference: Sendable, Equatable {
    /// By id.
    case id(Identifier)
    /// By session id.
    case session(String)

    /// Reads a path component; nil for something that names no call.
    package init?(_ text: String) {
        if text.hasPrefix("HD_"), text.utf8.count == 15 {
            self = .session("HD_" + text.dropFirst(3).lowercased())
        } else if let id = Identifier(parsing: text) {
            self = .id(id)
        } else {
            return nil
        }
    }
}
