/// One field that is wrong.
package struct FieldFault: Sendable, Equatable {
    /// The field, as a path from the body's root.
    package let field: String
    /// What is wrong with it and what is wanted.
    package let message: String
    /// The stable code.
    package let code: ErrorCode

    /// Makes a fault.
    package init(_ field: String, _ message: String, code: ErrorCode = .requestInvalid) {
        self.field = field
        self.message = message
        self.code = code
    }
}
