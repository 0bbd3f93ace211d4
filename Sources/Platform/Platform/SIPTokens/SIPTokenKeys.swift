package import Crypto
import Foundation
import JWTKit
package import Primitives
import Synchronization

/// Signs tokens and reads them back: HS256 (RFC 7518 section 3.2) with the active key, and with a second one that only verifies,
/// so that keys can be changed without refusing anybody, while the server runs.
package final class SIPTokenKeys: Sendable {
    /// The fewest bytes of a key (RFC 7518 section 3.2: as many as the hash has).
    package static let shortestKey = 32
    /// How far the clocks of nodes may be apart.
    static let leeway: Duration = .seconds(30)
    private static let algorithm = "HS256"

    private let keys: Mutex<(active: SymmetricKey, next: SymmetricKey?)>

    /// - Parameters:
    ///   - active: signs and verifies.
    ///   - next: verifies only.
    package init(active: SymmetricKey, next: SymmetricKey? = nil) {
        keys = Mutex((active, next))
    }

    /// Goes on with other keys: whatever neither of them has signed is worth nothing from now on.
    package func replace(active: SymmetricKey, next: SymmetricKey?) {
        keys.withLock { $0 = (active, next) }
    }

    /// Whether one of the keys has signed a text that was read before: keys change while browsers are connected.
    package func stillSigns(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Self.base64URL(parts[2]) else { return false }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        return all.contains { HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: $0) }
    }

    private var all: [SymmetricKey] { keys.withLock { [$0.active, $0.next].compactMap(\.self) } }

    /// RFC 7515 appendix C.
    private static func base64URL(_ text: Substring) -> Data? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }

    /// A token as text.
    ///
    /// - Throws: `JWTError` or an encoder's error, neither of which a token's claims can cause.
    package func sign(_ token: SIPToken) async throws -> String {
        try await Self.collection(keys.withLock(\.active)).sign(SIPTokenClaims(token))
    }

    /// Reads a text that a browser shows, and believes it only when one of the keys has signed it and it is valid now.
    package func read(_ text: String, at now: Timestamp) async throws(SIPTokenRefusal) -> SIPToken {
        guard text.utf8.count <= SIPToken.longestText else { throw .tooLong }
        try Self.requireAlgorithm(of: text)
        let claims = try await verified(text)
        let token = try claims.token()
        guard claims.beginsAt <= now + Self.leeway else { throw .notYetValid }
        guard now < token.expiresAt else { throw .expired }
        return token
    }

    /// The header alone is no reason to believe anything, but one that names another algorithm ends it here: a verifier that
    /// does what the header says can be told to believe everybody (RFC 8725 section 3.1).
    private static func requireAlgorithm(of text: String) throws(SIPTokenRefusal) {
        let header: JWTHeader
        do {
            header = try DefaultJWTParser().parse([UInt8](text.utf8), as: SIPTokenClaims.self).header
        } catch {
            throw .malformed
        }
        guard header.alg == algorithm else { throw .otherAlgorithm }
        // What must be understood and is not (RFC 7515 section 4.1.11): we understand nothing beyond the signature.
        guard header.fields["crit"] == nil else { throw .malformed }
    }

    private func verified(_ text: String) async throws(SIPTokenRefusal) -> SIPTokenClaims {
        for key in all {
            do {
                return try await Self.collection(key).verify(text, as: SIPTokenClaims.self)
            } catch let error as JWTError where error.errorType == .signatureVerificationFailed {
                continue
            } catch {
                throw .malformed
            }
        }
        throw .forged
    }

    private static func collection(_ key: SymmetricKey) async -> JWTKeyCollection {
        let encoder = JSONEncoder()
        // The same token is the same text, and its header the one that everybody knows.
        encoder.outputFormatting = .sortedKeys
        return await JWTKeyCollection(defaultJWTSerializer: DefaultJWTSerializer(jsonEncoder: encoder)).add(
            hmac: HMACKey(key: key),
            digestAlgorithm: .sha256,
            serializer: DefaultJWTSerializer(jsonEncoder: encoder)
        )
    }
}
