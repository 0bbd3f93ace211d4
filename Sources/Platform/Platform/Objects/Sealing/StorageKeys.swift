package import Crypto
import Foundation

/// The operator's keys for stored files: what is stored is sealed with the current one, and what was sealed with an earlier
/// one still opens.
package struct StorageKeys: Sendable {
    /// The size of each: AES-256.
    package static let byteCount = 32

    /// One key, and the name that sealed files call it by.
    struct Key: Sendable {
        static let nameLength = 8

        let name: [UInt8]
        let wrapping: SymmetricKey

        init(_ master: SymmetricKey) {
            func derive(_ purpose: String) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data(purpose.utf8), outputByteCount: 32)
            }
            let code = HMAC<SHA256>.authenticationCode(for: Data("name".utf8), using: derive("stored files: name"))
            name = Array(code.prefix(Self.nameLength))
            wrapping = derive("stored files: wrap")
        }
    }

    let current: Key
    private let all: [Key]

    /// Takes the keys.
    ///
    /// - Parameter previous: earlier ones, for as long as files remain that were sealed with them.
    package init(current: SymmetricKey, previous: [SymmetricKey] = []) {
        self.current = Key(current)
        all = [self.current] + previous.map(Key.init)
    }

    /// The key of this name; nil when the operator has not given it.
    func named(_ name: [UInt8]) -> Key? { all.first { $0.name == name } }
}
