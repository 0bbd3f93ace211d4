package import NIOCore
import NIOSSL
import Primitives

/// Opens WebSockets at customers' servers: only where the policy allows, at exactly the address that was checked, in bounded
/// time. Redirects are not followed.
package struct GuardedSocketClient: Sendable {
    private let policy: DestinationPolicy
    private let resolver: any HostResolver
    private let group: any EventLoopGroup
    private let settings: SocketSettings
    private let tls: NIOSSLContext

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - policy: what may be called.
    ///   - resolver: finds addresses; asked before each connection.
    ///   - group: where connections live.
    ///   - settings: the limits.
    /// - Throws: NIOSSL's error when the trusted certificates cannot be read.
    package init(
        policy: DestinationPolicy,
        resolver: any HostResolver,
        group: any EventLoopGroup,
        settings: SocketSettings = SocketSettings()
    ) throws {
        self.policy = policy
        self.resolver = resolver
        self.group = group
        self.settings = settings
        tls = try NIOSSLContext(configuration: settings.authorities.configuration)
    }

    /// Opens a WebSocket.
    ///
    /// - Throws: `OutboundFailure`.
    package func connect(_ request: SocketRequest) async throws(OutboundFailure) -> GuardedSocket {
        let pending = PendingChannel()
        return try await TimeLimit.race(request.timeout) { await outcome(of: request, pending) }
    }

    private func outcome(
        of request: SocketRequest,
        _ pending: PendingChannel
    ) async -> Result<GuardedSocket, OutboundFailure> {
        do {
            let socket = try await withTaskCancellationHandler {
                try await open(request, pending)
            } onCancel: {
                pending.cancel()
            }
            return .success(socket)
        } catch {
            return .failure(
                OutboundFailure(socket: error, connectTimeout: settings.connectTimeout, timeout: request.timeout)
            )
        }
    }

    /// Checks where the host is now, and connects to one of exactly these addresses.
    private func open(_ request: SocketRequest, _ pending: PendingChannel) async throws -> GuardedSocket {
        let destination = try policy.socketDestination(of: request.url)
        let addresses =
            if let literal = destination.literal {
                [literal]
            } else {
                try await resolver.addresses(of: destination.host)
            }
        try policy.check(addresses)
        let handshake = SocketHandshake(
            destination: destination,
            request: request,
            settings: settings,
            tls: destination.isSecure ? tls : nil,
            group: group
        )
        var failure: any Error = DestinationRefusal.noAddress
        for address in addresses.prefix(settings.maxAddresses) {
            try Task.checkCancellation()
            do {
                return try await handshake.open(address, pending)
            } catch  where error.isMissingConnection {
                failure = error
            }
        }
        throw failure
    }
}
