import Crypto
package import Foundation

/// The `Idempotency-Key` of a request and what it was sent with (facts section 3).
package struct IdempotencyRequest: Sendable {
    /// The client's key, 1 to 255 printable ASCII characters.
    let key: String
    /// SHA-256 of the method, path and body.
    let requestHash: [UInt8]

    /// Takes the header's value and the request it came with.
    ///
    /// - Throws: `PlatformError` `idempotency.key_invalid`.
    package init(key: String, operation: String, body: Data) throws(PlatformError) {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PlatformError(
                .idempotencyKeyInvalid,
                "An Idempotency-Key has 1 to 255 printable characters without spaces.",
                field: "Idempotency-Key"
            )
        }
        self.key = key
        var hasher = SHA256()
        hasher.update(data: Data(operation.utf8))
        hasher.update(data: Data([0]))
        hasher.update(data: body)
        requestHash = [UInt8](hasher.finalize())
    }
}
