import Crypto
import Foundation

/// How a sealed file begins:
///
/// | bytes | what |
/// |---|---|
/// | 0–7 | `SAUTIOBJ` |
/// | 8 | the format's version, 1 |
/// | 9 | the size of a chunk as a power of two, 16 |
/// | 10–11 | zero |
/// | 12–19 | the name of the operator's key |
/// | 20–79 | the file's own key under that key: nonce, 32 bytes, tag |
///
/// The file's key is bound to all before it and to the file's name, so that one file cannot be put in another's place.
struct SealedHeader: Equatable {
    private static let magic = Array("SAUTIOBJ".utf8) + [1, 16, 0, 0]

    let keyName: [UInt8]
    let wrappedKey: [UInt8]

    /// Wraps a file's key.
    init(wrapping fileKey: SymmetricKey, with key: StorageKeys.Key, name: String) throws {
        let plain = unsafe fileKey.withUnsafeBytes { unsafe Data($0) }
        let bound = Data(Self.magic + key.name) + Data(name.utf8)
        guard let wrapped = try AES.GCM.seal(plain, using: key.wrapping, authenticating: bound).combined else {
            throw CryptoKitError.incorrectParameterSize
        }
        keyName = key.name
        wrappedKey = Array(wrapped)
    }

    /// Reads a header; nil for what is none of this version.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == SealedLayout.headerSize, bytes.starts(with: Self.magic) else { return nil }
        let rest = bytes.dropFirst(Self.magic.count)
        keyName = Array(rest.prefix(StorageKeys.Key.nameLength))
        wrappedKey = Array(rest.dropFirst(StorageKeys.Key.nameLength))
    }

    var bytes: [UInt8] { Self.magic + keyName + wrappedKey }

    /// The file's key.
    ///
    /// - Throws: CryptoKit's error when the key or the name is another, or a byte was changed.
    func fileKey(with key: StorageKeys.Key, name: String) throws -> SymmetricKey {
        let bound = Data(Self.magic + keyName) + Data(name.utf8)
        let box = try AES.GCM.SealedBox(combined: Data(wrappedKey))
        return SymmetricKey(data: try AES.GCM.open(box, using: key.wrapping, authenticating: bound))
    }
}
