package import Crypto
import Foundation

/// Encrypts secrets that must be read back (AES-256-GCM), signs links (HMAC-SHA-256) and checkpoints
/// (Ed25519), under one master key.
///
/// What is sealed begins with the id of its key, so that the master key can be changed: new secrets are sealed with the
/// new key while old ones still open with a previous one.
package struct SecretBox: Sendable {
    private struct Keys: Sendable {
        let id: [UInt8]
        let sealing: SymmetricKey
        let signing: SymmetricKey
        let checkpoints: SymmetricKey

        init(_ master: SymmetricKey) {
            func derive(_ purpose: String) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data(purpose.utf8), outputByteCount: 32)
            }
            let name = HMAC<SHA256>.authenticationCode(for: Data("id".utf8), using: derive("id"))
            id = Array(name.prefix(SecretBox.idLength))
            sealing = derive("seal")
            signing = derive("sign")
            checkpoints = derive("checkpoint")
        }
    }

    private static let idLength = 4

    private let current: Keys
    private let all: [Keys]

    /// Derives the keys of all purposes from the master key.
    ///
    /// - Parameter previous: earlier master keys, whose secrets and signatures still hold.
    package init(masterKey: SymmetricKey, previous: [SymmetricKey] = []) {
        current = Keys(masterKey)
        all = [current] + previous.map(Keys.init)
    }

    /// Encrypts a secret; the result is bound to `context`, so that it cannot be moved to another row.
    ///
    /// - Throws: never for valid keys; CryptoKit's error otherwise.
    package func seal(_ secret: String, context: String) throws -> [UInt8] {
        try seal(Array(secret.utf8), context: context)
    }

    /// The same for bytes.
    ///
    /// - Throws: as above.
    package func seal(_ secret: [UInt8], context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(secret), using: current.sealing, authenticating: Data(context.utf8))
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return current.id + combined
    }

    /// Decrypts what `seal` made in the same context.
    ///
    /// - Throws: CryptoKit's error when the bytes, the context or the key are not those it was sealed with.
    package func open(_ sealed: [UInt8], context: String) throws -> String {
        String(decoding: try openBytes(sealed, context: context), as: UTF8.self)
    }

    /// The same for bytes.
    ///
    /// - Throws: as above.
    package func openBytes(_ sealed: [UInt8], context: String) throws -> [UInt8] {
        guard let keys = all.first(where: { sealed.starts(with: $0.id) }) else {
            throw CryptoKitError.authenticationFailure
        }
        let box = try AES.GCM.SealedBox(combined: Data(sealed.dropFirst(Self.idLength)))
        return [UInt8](try AES.GCM.open(box, using: keys.sealing, authenticating: Data(context.utf8)))
    }

    /// A signature over a text, lower-case hexadecimal.
    package func sign(_ text: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: current.signing).hexString
    }

    /// Whether `signature` is that of `text`, in constant time.
    package func isSignature(_ signature: String, of text: String) -> Bool {
        guard let bytes = [UInt8](hexString: signature) else { return false }
        return all.contains { keys in
            HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: Data(text.utf8), using: keys.signing)
        }
    }

    /// The key that signs the ledger's checkpoints.
    ///
    /// - Throws: never for derived keys; CryptoKit's error otherwise.
    package func checkpointKey() throws -> Curve25519.Signing.PrivateKey {
        try Self.checkpointKey(current)
    }

    /// The public keys of all checkpoints that were ever signed: the current one first, then those of previous master
    /// keys.
    ///
    /// - Throws: as above.
    package func checkpointPublicKeys() throws -> [[UInt8]] {
        try all.map { [UInt8](try Self.checkpointKey($0).publicKey.rawRepresentation) }
    }

    private static func checkpointKey(_ keys: Keys) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: unsafe keys.checkpoints.withUnsafeBytes { unsafe Data($0) }
        )
    }
}
