/// A hash of the certificate that a side shows in its handshake (RFC 8122 section 5).
package struct CertificateFingerprint: Sendable, Hashable {
    /// The hashes that we believe in. MD5 and SHA-1 are none: certificates can be made that have the same.
    package enum Algorithm: String, Sendable, CaseIterable {
        /// 32 bytes.
        case sha256 = "sha-256"
        /// 48 bytes.
        case sha384 = "sha-384"
        /// 64 bytes.
        case sha512 = "sha-512"

        /// The length of the hash.
        package var byteCount: Int {
            switch self {
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    /// How the hash is made.
    package let algorithm: Algorithm
    /// The hash.
    package let bytes: [UInt8]

    /// Makes a fingerprint; nil when there are not as many bytes as the algorithm gives.
    package init?(_ algorithm: Algorithm, _ bytes: [UInt8]) {
        guard bytes.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Reads what follows `a=fingerprint:`. Total; nil for what we do not believe in.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let algorithm = Algorithm(rawValue: words[0].lowercased()) else { return nil }
        guard words[1].utf8.count == 3 * algorithm.byteCount - 1 else { return nil }
        let pairs = words[1].split(separator: ":", omittingEmptySubsequences: false)
        let bytes = pairs.compactMap { pair -> UInt8? in
            guard pair.utf8.count == 2, pair.allSatisfy(\.isHexDigit) else { return nil }
            return UInt8(pair, radix: 16)
        }
        guard bytes.count == pairs.count else { return nil }
        self.init(algorithm, bytes)
    }

    /// What follows `a=fingerprint:`.
    package var text: String {
        let pairs = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        return "\(algorithm.rawValue) \(pairs.joined(separator: ":"))"
    }
}
