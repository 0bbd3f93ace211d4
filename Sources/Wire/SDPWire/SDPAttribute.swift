/// An `a=` line.
package struct SDPAttribute: Sendable, Equatable {
    /// Before the colon.
    package let name: String
    /// After it; nil for a flag.
    package let value: String?

    /// Makes an attribute.
    package init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    /// The line's value.
    var text: String { value.map { "\(name):\($0)" } ?? name }
}

extension SDPAttribute: CustomStringConvertible, CustomReflectable {
    /// The line's value; of a line with a secret the name alone.
    package var description: String { name == Self.crypto || name == Self.icePassword ? name : text }

    /// As much as the description tells.
    package var customMirror: Mirror { Mirror(self, children: ["line": description]) }

    static let crypto = "crypto"
    static let icePassword = "ice-pwd"
}
