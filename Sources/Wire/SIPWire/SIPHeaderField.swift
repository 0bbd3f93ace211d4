/// A header field: its name and its value without surrounding white space, folded lines joined.
package struct SIPHeaderField: Sendable, Equatable {
    /// The name.
    package let name: SIPHeaderName
    /// The value.
    package let value: String

    /// Makes a field.
    package init(_ name: SIPHeaderName, _ value: String) {
        self.name = name
        self.value = value
    }
}
