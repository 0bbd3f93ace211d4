import Crypto
import Foundation
import Primitives

/// A bearer secret as it is shown once; only its hash is stored.
struct KeySecret: Sendable {
    let text: String

    /// 192 random bits in base 62 behind the prefix; unguessable, so a plain SHA-256 is enough to store it.
    static func make(_ ids: any IdentifierSource) -> KeySecret {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        // Bytes of 248 and above would make the first letters likelier than the rest.
        var letters: [UInt8] = []
        while letters.count < 32 {
            letters += ids.secret(byteCount: 48).filter { $0 < 248 }.map { alphabet[Int($0) % 62] }
        }
        return KeySecret(text: "tsk_live_" + String(decoding: letters.prefix(32), as: UTF8.self))
    }

    var hash: [UInt8] { [UInt8](SHA256.hash(data: Data(text.utf8))) }

    /// Enough to tell keys apart in a list, not enough to guess one.
    var displayPrefix: String { String(text.prefix(13)) }
}
