/// What proves checks of ICE: the fragment of a user name and a password (RFC 8839 section 5.4). The password is a secret: the pair is
/// described without it.
package struct ICECredentials: Sendable, Hashable {
    /// Names the side; stands in user names.
    package let fragment: String
    /// Signs what is sent to the side.
    package let password: String

    static let fragmentLengths = 4...256
    static let passwordLengths = 22...256
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Makes a pair; nil when one is too short, too long, or has letters that may not be in it.
    package init?(fragment: String, password: String) {
        guard Self.fragmentLengths.contains(fragment.utf8.count), Self.passwordLengths.contains(password.utf8.count),
            fragment.utf8.allSatisfy(Self.alphabet.contains), password.utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.fragment = fragment
        self.password = password
    }

    /// Makes a fresh pair: 48 bits that nobody guesses and 144 that nobody tries.
    ///
    /// - Parameter random: must be a source for secrets, but in tests.
    package init(using random: inout some RandomNumberGenerator) {
        fragment = Self.text(8, using: &random)
        password = Self.text(24, using: &random)
    }

    private static func text(_ count: Int, using random: inout some RandomNumberGenerator) -> String {
        let letters = (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }
        return String(decoding: letters, as: UTF8.self)
    }
}

extension ICECredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The fragment alone.
    package var description: String { fragment }
    /// The fragment alone.
    package var debugDescription: String { description }
    /// The fragment alone.
    package var customMirror: Mirror { Mirror(self, children: ["fragment": fragment]) }
}
