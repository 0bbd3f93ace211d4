package import Crypto
import Foundation

/// Encrypts secrets that must be read back (AES-256-GCM), and signs links (HMAC-SHA-256), under one master key.
package struct SecretBox: Sendable {
    private let sealing: SymmetricKey
    private let signing: SymmetricKey

    /// Derives the keys of both purposes from the master key.
    package init(masterKey: SymmetricKey) {
        sealing = HKDF<SHA256>.deriveKey(inputKeyMaterial: masterKey, info: Data("seal".utf8), outputByteCount: 32)
        signing = HKDF<SHA256>.deriveKey(inputKeyMaterial: masterKey, info: Data("sign".utf8), outputByteCount: 32)
    }

    /// Encrypts a secret; the result is bound to `context`, so that it cannot be moved to another row.
    ///
    /// - Throws: never for valid keys; CryptoKit's error otherwise.
    package func seal(_ secret: String, context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(secret.utf8), using: sealing, authenticating: Data(context.utf8))
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return [UInt8](combined)
    }

    /// Decrypts what `seal` made in the same context.
    ///
    /// - Throws: CryptoKit's error when the bytes, the context or the key are not those it was sealed with.
    package func open(_ sealed: [UInt8], context: String) throws -> String {
        let box = try AES.GCM.SealedBox(combined: Data(sealed))
        return String(
            decoding: try AES.GCM.open(box, using: sealing, authenticating: Data(context.utf8)),
            as: UTF8.self
        )
    }

    /// A signature over a text, lower-case hexadecimal.
    package func sign(_ text: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: signing).hexString
    }

    /// Whether `signature` is that of `text`, in constant time.
    package func isSignature(_ signature: String, of text: String) -> Bool {
        guard let bytes = [UInt8](hexString: signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: Data(text.utf8), using: signing)
    }
}
