import Primitives

/// Whom a telephone or a browser calls, or hands a call to.
package enum Callee: Sendable, Equatable {
    /// A number as it was written.
    case number(String)
    /// Somebody of the same workspace: a credential's user name, or the identity of a browser's token.
    case colleague(String)

    /// Reads the user part of an address. What is written as a number is one; a name has a letter.
    package init(_ user: String) {
        let isName =
            SIPToken.isIdentity(user) && user.utf8.contains { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isNumber = (try? PhoneNumber(parsing: user, field: "to")) != nil
        self = isName && !isNumber ? .colleague(user) : .number(user)
    }

    var isColleague: Bool {
        if case .colleague = self { true } else { false }
    }

    /// As it was written.
    package var name: String {
        switch self {
        case .number(let name), .colleague(let name): name
        }
    }
}
