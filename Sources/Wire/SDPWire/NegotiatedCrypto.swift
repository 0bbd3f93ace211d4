/// The keys that offer and answer agreed on; both have the same suite.
package struct NegotiatedCrypto: Sendable, Equatable {
    /// What we send with.
    package let local: CryptoKey
    /// What the peer sends with.
    package let remote: CryptoKey
}
