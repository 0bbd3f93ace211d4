import Crypto
import Foundation

/// What a registrar needs of a password to check a digest (RFC 7616 section 3.4.2, RFC 3261 section 22.4): the hash of user,
/// realm and password, under either algorithm. The password itself is kept nowhere.
package struct DigestSecret: Sendable, Equatable {
    /// A1 under MD5, lower-case hexadecimal.
    package let md5: String
    /// A1 under SHA-256, lower-case hexadecimal.
    package let sha256: String

    /// Hashes.
    package init(username: String, realm: String, password: String) {
        let a1 = Data("\(username):\(realm):\(password)".utf8)
        md5 = Insecure.MD5.hash(data: a1).hexString
        sha256 = SHA256.hash(data: a1).hexString
    }

    /// Reads what `text` made; nil for anything else.
    init?(text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2 else { return nil }
        (md5, sha256) = (parts[0], parts[1])
    }

    /// Both hashes, to be sealed.
    var text: String { "\(md5) \(sha256)" }
}
