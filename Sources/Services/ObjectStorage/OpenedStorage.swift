import AsyncHTTPClient
import NIOCore
import NIOPosix
package import Platform
package import Primitives

/// The store that a location names, open until it is shut down.
package struct OpenedStorage: Sendable {
    /// The store.
    package let store: any ObjectStore
    private let client: HTTPClient?

    /// Opens a store. A bucket is not asked for anything yet.
    ///
    /// - Throws: `ObjectFailure` when a folder cannot be looked through.
    package init(_ location: StorageLocation, clock: any WallClock) async throws {
        switch location {
        case .folder(let path):
            let folder = FolderStore(path: path)
            try await folder.deleteLeftovers()
            (store, client) = (folder, nil)
        case .s3(let settings):
            let client = Self.makeClient()
            self.client = client
            store = S3Store(settings, client: client, clock: clock)
        }
    }

    /// Closes all connections.
    package func shutDown() async {
        // A client that cannot be shut down has been already.
        _ = try? await client?.shutdown()
    }

    private static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(10)
        // How long nothing may come of a file that is being read.
        configuration.timeout.read = .seconds(60)
        configuration.connectionPool.idleTimeout = .seconds(3)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: configuration
        )
    }
}
