/// A hash that peers are challenged with (RFC 8760 section 2.1).
package enum DigestScheme: String, Sendable, CaseIterable {
    /// What every telephone knows.
    case md5 = "MD5"
    /// What newer ones know.
    case sha256 = "SHA-256"

    var algorithm: DigestAlgorithm {
        switch self {
        case .md5: .md5
        case .sha256: .sha256
        }
    }
}
