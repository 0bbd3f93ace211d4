/// From where somebody signs in.
package struct SignInClient: Sendable, Equatable {
    /// The network address.
    package let address: String
    /// What their browser calls itself, at most 256 bytes of it.
    package let userAgent: String

    /// Keeps what is worth keeping.
    package init(address: String, userAgent: String = "") {
        self.address = address
        self.userAgent = String(decoding: userAgent.utf8.prefix(256).filter { $0 != 0 }, as: UTF8.self)
    }
}
