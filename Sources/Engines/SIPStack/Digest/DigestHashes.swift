/// What the digests of an account are checked with: A1, the hash of user name, realm and password, under each algorithm
/// (RFC 7616 section 3.4.2). Lower-case hexadecimal.
package struct DigestHashes: Sendable, Equatable {
    /// Under MD5.
    package let md5: String
    /// Under SHA-256.
    package let sha256: String

    /// Takes hashes that were stored.
    package init(md5: String, sha256: String) {
        self.md5 = md5
        self.sha256 = sha256
    }

    /// Hashes a password.
    package init(_ account: DigestAccount, realm: String) {
        func hash(_ scheme: DigestScheme) -> String {
            scheme.algorithm.hash("\(account.username):\(realm):\(account.password)")
        }
        (md5, sha256) = (hash(.md5), hash(.sha256))
    }

    subscript(scheme: DigestScheme) -> String {
        switch scheme {
        case .md5: md5
        case .sha256: sha256
        }
    }
}
