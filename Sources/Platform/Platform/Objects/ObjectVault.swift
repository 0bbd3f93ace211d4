/// Files in the store, encrypted when the operator has given a key.
///
/// A file's name says whether it is sealed, and rows remember names: whoever can write to the store cannot put a plain file
/// in a sealed one's place, and files from before there was a key are read as they are.
package struct ObjectVault: Sendable {
    private static let sealedEnding = ".sealed"

    private let store: any ObjectStore
    private let keys: StorageKeys?

    /// Puts files into `store`, sealed when there are keys.
    package init(store: any ObjectStore, keys: StorageKeys? = nil) {
        self.store = store
        self.keys = keys
    }

    /// The name that a new file gets.
    package func name(for base: String) -> String { keys == nil ? base : base + Self.sealedEnding }

    /// A name without what says that it is sealed.
    static func base(of name: String) -> String { isSealed(name) ? String(name.dropLast(sealedEnding.count)) : name }

    private static func isSealed(_ name: String) -> Bool { name.hasSuffix(sealedEnding) }

    /// Stores bytes whole or not at all.
    ///
    /// - Parameter name: as `name(for:)` made it, now or earlier.
    /// - Throws: `ObjectFailure`; what reading the bytes throws.
    package func put(_ bytes: ObjectBytes, as name: String) async throws {
        guard Self.isSealed(name) else { return try await store.put(bytes, as: name) }
        try await store.put(bytes.sealed(with: ObjectSeal(sealing: name, keys: requireKeys())), as: name)
    }

    /// How many bytes the file has when it is opened; nil when there is none.
    ///
    /// - Throws: `ObjectFailure`.
    package func size(of name: String) async throws -> Int64? {
        guard let size = try await store.size(of: name) else { return nil }
        guard Self.isSealed(name) else { return size }
        guard let plain = SealedLayout.size(ofSealed: size) else {
            throw ObjectFailure.damaged("\(name) has \(size) bytes, as no sealed file does")
        }
        return plain
    }

    /// Opens a file, or a part of it.
    ///
    /// - Parameter part: bytes of the opened file; those that it does not have are left out.
    /// - Throws: `ObjectFailure`; `.missing` when there is none. Of a sealed file, no byte is given that was not stored.
    package func read(_ name: String, _ part: Range<Int64>? = nil) async throws -> ObjectBytes {
        guard Self.isSealed(name) else { return try await store.read(name, part) }
        let keys = try requireKeys()
        guard let size = try await size(of: name) else { throw ObjectFailure.missing(name) }
        let header = try await store.read(name, 0..<SealedLayout.headerSize).collect(upTo: Int(SealedLayout.headerSize))
        let seal = try ObjectSeal(opening: name, header: header, keys: keys)
        let part = (part ?? 0..<size).clamped(to: 0..<size)
        // An empty file has one chunk, which says that it is empty.
        if part.isEmpty && size > 0 { return ObjectBytes([]) }
        let chunks = part.isEmpty ? 0...0 : SealedLayout.chunks(of: part)
        let sealed = try await store.read(name, SealedLayout.place(of: chunks, size: size))
        let count = SealedLayout.chunkCount(ofSize: size)
        return sealed.opened(with: seal, first: chunks.lowerBound, count: count, part: part)
    }

    /// Deletes a file for good; one that is not there is deleted already.
    ///
    /// - Throws: `ObjectFailure`.
    package func delete(_ name: String) async throws { try await store.delete(name) }

    private func requireKeys() throws(ObjectFailure) -> StorageKeys {
        guard let keys else { throw .refused("the key that files are sealed with is not given") }
        return keys
    }
}
