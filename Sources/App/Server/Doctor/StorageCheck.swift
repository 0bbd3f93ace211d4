import Foundation
import ObjectStorage
import Platform
import Primitives

/// Whether the store of recordings takes a file, gives it back and deletes it.
struct StorageCheck {
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    func finding() async -> Finding {
        if case .folder(let path) = configuration.storageLocation, !FileManager.default.fileExists(atPath: path) {
            return .fine("storage", "\(path) will be made at the first start")
        }
        do {
            let storage = try await OpenedStorage(configuration.storageLocation, clock: SystemWallClock())
            let result: Result<Void, any Error>
            do { result = .success(try await tryOut(storage.store)) } catch { result = .failure(error) }
            await storage.shutDown()
            try result.get()
        } catch {
            return .wrong("storage", "\(error)", advice)
        }
        return .fine("storage", "\(place), \(configuration.storageKeys == nil ? "not encrypted" : "encrypted")")
    }

    private func tryOut(_ store: any ObjectStore) async throws {
        let vault = ObjectVault(store: store, keys: configuration.storageKeys)
        let name = vault.name(for: "doctor/\(UUID().uuidString)")
        let bytes = Array("sautikit doctor".utf8)
        try await vault.put(ObjectBytes(bytes), as: name)
        let read = try await vault.read(name).collect(upTo: 1024)
        try await vault.delete(name)
        guard read == bytes else { throw ObjectFailure.damaged("what was read is not what was written") }
        guard try await vault.size(of: name) == nil else { throw ObjectFailure.unavailable("nothing can be deleted") }
    }

    private var place: String {
        switch configuration.storageLocation {
        case .folder(let path): path
        case .s3(let settings): "bucket \(settings.bucket) at \(settings.endpoint)"
        }
    }

    private var advice: String {
        switch configuration.storageLocation {
        case .folder(let path): "make \(path) writable for the user of the server, and look whether the disk is full"
        case .s3:
            "look at SAUTIKIT_STORAGE_URL and the keys; they must be allowed to put, get and delete objects and to abort uploads"
        }
    }
}
