import ObjectStorage
import Platform
import Primitives

extension StorePeer {
    /// The peer's settings for tests: nobody waits, and parts are as small as S3 takes them.
    func settings(endpoint: String? = nil) -> S3Settings {
        var settings = settings
        settings.waits = [.zero, .zero]
        settings.partBytes = 5 << 20
        settings.endpoint = endpoint ?? settings.endpoint
        return settings
    }

    /// Runs `body` with a store that speaks to the peer.
    func opened(_ settings: S3Settings? = nil, _ body: (any ObjectStore) async throws -> Void) async throws {
        let storage = try await OpenedStorage(.s3(settings ?? self.settings()), clock: SystemWallClock())
        let result: Result<Void, any Error>
        do { result = .success(try await body(storage.store)) } catch { result = .failure(error) }
        await storage.shutDown()
        try result.get()
    }
}
