import Crypto
import Foundation
import Primitives

/// A random secret that is shown once; only its hash is stored.
struct Secret: Sendable {
    let text: String

    /// 190 random bits in base 62 behind a prefix; unguessable, so a plain SHA-256 is enough to store it.
    static func make(prefix: String, _ ids: any IdentifierSource) -> Secret {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        // Bytes of 248 and above would make the first letters likelier than the rest.
        var letters: [UInt8] = []
        while letters.count < 32 {
            letters += ids.secret(byteCount: 48).filter { $0 < 248 }.map { alphabet[Int($0) % 62] }
        }
        return Secret(text: prefix + String(decoding: letters.prefix(32), as: UTF8.self))
    }

    var hash: [UInt8] { [UInt8](SHA256.hash(data: Data(text.utf8))) }
}
