import Foundation
package import ObjectStorage
package import Platform
package import Primitives

/// A spool and a store of a test's own, and the way of recordings from one to the other.
package struct TestShelf: Sendable {
    /// Holds both.
    package let folder: TemporaryFolder
    /// Where recordings are found first.
    package let spool: SpoolFolder
    /// The store, as plain as it is.
    package let store: any ObjectStore
    /// Where they get to.
    package let vault: ObjectVault

    /// Makes both in a fresh folder.
    ///
    /// - Parameter wrap: puts something around the store.
    /// - Throws: when the folder cannot be made.
    package init(
        keys: StorageKeys? = nil,
        wrap: (FolderStore) -> any ObjectStore = { $0 }
    ) throws {
        folder = try TemporaryFolder("shelf")
        try FileManager.default.createDirectory(atPath: folder.path("spool"), withIntermediateDirectories: true)
        spool = try SpoolFolder(path: folder.path("spool"), ids: SystemIdentifierSource())
        store = wrap(FolderStore(path: folder.path("store")))
        vault = ObjectVault(store: store, keys: keys)
    }

    /// The path of a file of the store's.
    package func path(_ name: String) -> String { folder.path("store/\(name)") }

    /// Whether the store has a file.
    package func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Whether the spool has a file.
    package func isSpooled(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.path("spool/\(name)"))
    }

    /// Writes a file into the spool as a call's recorder would.
    ///
    /// - Throws: when it cannot be written.
    package func write(_ bytes: [UInt8], _ name: String) throws {
        let url = URL(filePath: folder.path("spool/\(name)"))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Takes a call's recording as a voice node does at the call's end.
    ///
    /// - Parameters:
    ///   - sizeBytes: what the recording counts with; that of `bytes` when nil.
    /// - Returns: the mix's name below the spool.
    /// - Throws: what the use case throws.
    @discardableResult
    package func keep(
        _ context: PlatformContext,
        _ callID: Identifier,
        _ bytes: [UInt8] = Array("sound".utf8),
        duration: Duration = .seconds(60),
        sizeBytes: Int64? = nil,
        channels: RecordingChannels = .mono
    ) async throws -> String {
        let mix = SpooledRecording(callID, .call, of: callID, in: "2026/06/27").mix
        try write(bytes, mix)
        let facts = RecordingFacts(duration: duration, sizeBytes: sizeBytes ?? Int64(bytes.count), channels: channels)
        try await KeepRecording(context, vault: vault)(
            id: callID,
            source: .call,
            callID: callID,
            mix: mix,
            facts: facts,
            spoolID: spool.id
        )
        return mix
    }

    /// Puts what is due into the store.
    ///
    /// - Throws: `DatabaseError`.
    @discardableResult
    package func storeDue(_ context: PlatformContext, publicURL: String = "https://voice.example") async throws -> Int {
        try await StoreRecordings(context, vault: vault, spool: spool, publicURL: publicURL)()
    }
}
