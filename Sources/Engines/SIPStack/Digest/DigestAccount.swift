/// Who we are to a trunk.
package struct DigestAccount: Sendable, Hashable {
    /// The user name.
    package let username: String
    /// The password, in the clear.
    package let password: String

    /// Makes an account.
    package init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}
