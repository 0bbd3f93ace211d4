import NIOCore
import NIOPosix

/// Finds services and addresses of names, by the C library's resolver on threads of its own because it waits.
package final class DNSResolver: Sendable {
    /// The system's servers, for all who need nothing else. Its threads begin with the first question, and stay.
    package static let system = DNSResolver()

    private static let threads = 4
    /// Names remembered of each kind.
    private static let mostNames = 2000

    private let pool: NIOThreadPool
    private let serviceCache: NameCache<[ServiceRecord]>
    private let addressCache: NameCache<[String]>

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - servers: whom to ask, at most `NameServer.most`; those of the system when empty.
    ///   - limit: when an answer is given up; default 5 s.
    package init(servers: [NameServer] = [], limit: Duration = .seconds(5)) {
        let pool = NIOThreadPool(numberOfThreads: Self.threads)
        pool.start()
        self.pool = pool
        let resolver = BlockingResolver(servers: servers)
        serviceCache = NameCache(limit: Self.mostNames) { name in
            try await Self.wait(on: pool, limit) { try resolver.services(of: name) }
        }
        addressCache = NameCache(limit: Self.mostNames) { name in
            try await Self.wait(on: pool, limit) { try resolver.addresses(of: name) }
        }
    }

    /// The SRV records of a name such as `_sip._udp.example.com`, in no order; none when it has none.
    ///
    /// - Throws: `NameFault`.
    package func services(of name: String) async throws -> [ServiceRecord] {
        try await serviceCache.value(of: name.lowercased())
    }

    /// The numeric addresses of a host, the best first (RFC 6724); none when there is no such host.
    ///
    /// - Throws: `NameFault`.
    package func addresses(of host: String) async throws -> [String] {
        try await addressCache.value(of: host.lowercased())
    }

    /// Ends the threads.
    package func shutDown() async {
        // Threads that are already gone are what was wanted.
        _ = try? await pool.shutdownGracefully()
    }

    private static func wait<Value: Sendable>(
        on pool: NIOThreadPool,
        _ limit: Duration,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Value.self)
        pool.runIfActive(eventLoop: loop, work).cascade(to: promise)
        // The thread goes on in its own time; whoever comes second is ignored by the promise.
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { promise.fail(NameFault.timeout(limit)) }
        defer { timer.cancel() }
        return try await promise.futureResult.get()
    }
}
