import NIOPosix
import OutboundHTTP
import WebTestSupport

/// Opens sockets for tests, which may be on loopback.
enum Opening {
    static func client(
        _ adjust: (inout SocketSettings) -> Void = { _ in },
        resolver: any HostResolver = FixedResolver(["localhost": [["127.0.0.1"]]])
    ) throws -> GuardedSocketClient {
        var settings = SocketSettings()
        adjust(&settings)
        return try GuardedSocketClient(
            policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
            resolver: resolver,
            group: MultiThreadedEventLoopGroup.singleton,
            settings: settings
        )
    }

    static func socket(
        _ port: Int,
        _ path: String = "/",
        _ adjust: (inout SocketSettings) -> Void = { _ in }
    ) async throws -> GuardedSocket {
        try await client(adjust).connect(SocketRequest("ws://127.0.0.1:\(port)\(path)"))
    }

    /// The words of the failure; nil when there was none.
    static func failure(_ request: SocketRequest, _ client: GuardedSocketClient? = nil) async throws -> String? {
        do {
            _ = try await (client ?? Self.client()).connect(request)
            return nil
        } catch let error as OutboundFailure {
            return error.description
        }
    }
}
