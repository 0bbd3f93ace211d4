import AsyncHTTPClient
import NIOCore
import Primitives

/// HTTP clients that each connect to one checked address only, whatever the name server says meanwhile.
actor PinnedClients {
    private struct Key: Hashable {
        let host: String
        let address: IPAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        var lastUse: UInt64 = 0
    }

    private let group: any EventLoopGroup
    private let settings: OutboundSettings
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0

    /// Makes an empty collection; `shutDown` must be called before it is let go.
    init(group: any EventLoopGroup, settings: OutboundSettings) {
        self.group = group
        self.settings = settings
    }

    /// A client whose connections for `host` go to `address`; give it back.
    func take(host: String, address: IPAddress) async -> HTTPClient {
        let key = Key(host: host, address: address)
        uses += 1
        var entry = entries[key] ?? Entry(client: makeClient(host: host, address: address))
        entry.users += 1
        entry.lastUse = uses
        entries[key] = entry
        await removeIdle()
        return entry.client
    }

    /// Ends one use of a client.
    func giveBack(host: String, address: IPAddress) {
        entries[Key(host: host, address: address)]?.users -= 1
    }

    /// Closes all connections.
    func shutDown() async {
        let clients = entries.values.map(\.client)
        entries = [:]
        // A client that cannot be shut down has been already.
        for client in clients { _ = try? await client.shutdown() }
    }

    /// How many clients there are.
    var count: Int { entries.count }

    private func removeIdle() async {
        guard entries.count > settings.maxClients,
            let oldest = entries.filter({ $0.value.users == 0 }).min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        entries[oldest.key] = nil
        // As above.
        _ = try? await oldest.value.client.shutdown()
    }

    private func makeClient(host: String, address: IPAddress) -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.dnsOverride = [host: address.description]
        configuration.httpVersion = .http1Only
        configuration.tlsConfiguration = settings.authorities.configuration
        configuration.timeout.connect = TimeAmount(settings.connectTimeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.maxConcurrentPerHost
        // Shorter than the five seconds of common servers, so that requests do not meet a connection as it closes.
        configuration.connectionPool.idleTimeout = .seconds(3)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }
}
