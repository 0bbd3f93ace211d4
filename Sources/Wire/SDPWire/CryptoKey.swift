/// The master key and salt of one side's SRTP. A secret: it is described without them.
package struct CryptoKey: Sendable, Equatable {
    /// What the key is for.
    package let suite: CryptoSuite
    /// The key, then the salt; as many as the suite wants.
    package let bytes: [UInt8]

    /// Makes a key; nil when there are not as many bytes as the suite wants.
    package init?(_ suite: CryptoSuite, _ bytes: [UInt8]) {
        guard bytes.count == suite.keyByteCount else { return nil }
        self.suite = suite
        self.bytes = bytes
    }

    /// Makes a fresh key.
    ///
    /// - Parameter random: must be a source for secrets, but in tests.
    package init(_ suite: CryptoSuite, using random: inout some RandomNumberGenerator) {
        self.suite = suite
        bytes = (0..<suite.keyByteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}

extension CryptoKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The suite alone.
    package var description: String { "\(suite.rawValue) key" }
    /// The suite alone.
    package var debugDescription: String { description }
    /// Nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
