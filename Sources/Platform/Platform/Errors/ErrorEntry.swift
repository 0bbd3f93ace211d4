/// What an error code means: the row of the table that answers and the documentation are made from.
package struct ErrorEntry: Sendable {
    /// The code.
    package let code: ErrorCode
    /// What kind of refusal it is; each web dialect maps it to a status.
    package let category: ErrorCategory
    /// Why it happens.
    package let cause: String
    /// What to do about it.
    package let remedy: String

    init(_ code: ErrorCode, _ category: ErrorCategory, cause: String, remedy: String) {
        (self.code, self.category, self.cause, self.remedy) = (code, category, cause, remedy)
    }
}
