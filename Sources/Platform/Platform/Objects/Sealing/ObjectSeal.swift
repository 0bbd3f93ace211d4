import Crypto
import Foundation

/// Seals one file's chunks and opens them: AES-256-GCM under a key that only this file has.
///
/// Each chunk says which one it is and whether it is the last, so chunks that were moved, left out or cut off at the end do
/// not open. Nonces are random, so a chunk that is sealed twice is not the same twice.
struct ObjectSeal: Sendable {
    let header: SealedHeader
    private let fileKey: SymmetricKey

    /// Begins to seal a file.
    ///
    /// - Throws: CryptoKit's error; never for keys of the right size.
    init(sealing name: String, keys: StorageKeys) throws {
        fileKey = SymmetricKey(size: .bits256)
        header = try SealedHeader(wrapping: fileKey, with: keys.current, name: name)
    }

    /// Begins to open a file.
    ///
    /// - Throws: `ObjectFailure.damaged`.
    init(opening name: String, header bytes: [UInt8], keys: StorageKeys) throws(ObjectFailure) {
        guard let header = SealedHeader(bytes) else { throw .damaged("\(name) is not sealed as it should be") }
        guard let key = keys.named(header.keyName) else {
            throw .damaged("\(name) was sealed with a key that is not given: \(header.keyName.hexString)")
        }
        do {
            fileKey = try header.fileKey(with: key, name: name)
        } catch {
            throw .damaged("the header of \(name) was changed")
        }
        self.header = header
    }

    func seal(_ chunk: ArraySlice<UInt8>, _ index: Int64, isLast: Bool) throws -> [UInt8] {
        let bound = Self.bound(index, isLast)
        guard let sealed = try AES.GCM.seal(Data(chunk), using: fileKey, authenticating: bound).combined else {
            throw CryptoKitError.incorrectParameterSize
        }
        return Array(sealed)
    }

    /// - Throws: `ObjectFailure.damaged` for anything but what `seal` made with the same index and end.
    func open(_ sealed: ArraySlice<UInt8>, _ index: Int64, isLast: Bool) throws(ObjectFailure) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: Data(sealed))
            return Array(try AES.GCM.open(box, using: fileKey, authenticating: Self.bound(index, isLast)))
        } catch {
            throw .damaged("chunk \(index) was changed, moved or cut off")
        }
    }

    private static func bound(_ index: Int64, _ isLast: Bool) -> Data {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: index >> (56 - 8 * $0)) }
        return Data(bytes + [isLast ? 1 : 0])
    }
}
