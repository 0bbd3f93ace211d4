import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
import Primitives

/// Calls customers' servers: only where the policy allows, at exactly the address that was checked, in bounded time and room.
package struct GuardedClient: Sendable {
    private let policy: DestinationPolicy
    private let resolver: any HostResolver
    private let clients: PinnedClients
    private let settings: OutboundSettings

    /// Makes a client; `shutDown` must be called before it is let go.
    ///
    /// - Parameters:
    ///   - policy: what may be called.
    ///   - resolver: finds addresses; asked before each connection, so that a name that moves is checked again.
    ///   - group: where connections live.
    ///   - settings: the limits.
    package init(
        policy: DestinationPolicy,
        resolver: any HostResolver,
        group: any EventLoopGroup,
        settings: OutboundSettings = OutboundSettings()
    ) {
        self.policy = policy
        self.resolver = resolver
        self.settings = settings
        clients = PinnedClients(group: group, settings: settings)
    }

    /// Asks, follows redirects, and reads the answer.
    ///
    /// - Throws: `OutboundFailure`; any status is an answer.
    package func send(_ request: GuardedRequest) async throws(OutboundFailure) -> GuardedAnswer {
        // Also when the time is up: what was read of a body that may be cut is an answer.
        try await TimeLimit.race(request.timeout) { await outcome(of: request) }
    }

    /// Closes all connections.
    package func shutDown() async {
        await clients.shutDown()
    }

    private func outcome(of request: GuardedRequest) async -> Result<GuardedAnswer, OutboundFailure> {
        do {
            return .success(try await follow(request))
        } catch {
            let failure = OutboundFailure(
                error,
                connectTimeout: settings.connectTimeout,
                timeout: request.timeout
            )
            return .failure(failure)
        }
    }

    private func follow(_ request: GuardedRequest) async throws -> GuardedAnswer {
        let start = ContinuousClock.now
        var destination = try policy.destination(of: request.url)
        for _ in 0...max(0, request.maxRedirects) {
            let answer = try await exchange(request, with: destination, since: start)
            guard let location = request.redirect(by: answer) else { return answer }
            destination = try policy.redirect(from: destination, to: location)
        }
        throw DestinationRefusal.redirects(limit: request.maxRedirects)
    }

    /// Checks where the host is now, and connects to exactly that.
    private func exchange(
        _ request: GuardedRequest,
        with destination: Destination,
        since start: ContinuousClock.Instant
    ) async throws -> GuardedAnswer {
        let addresses =
            if let literal = destination.literal {
                [literal]
            } else {
                try await resolver.addresses(of: destination.host)
            }
        try policy.check(addresses)
        // Another address with each attempt: one of several may be down.
        let address = addresses[max(0, request.attempt - 1) % addresses.count]
        let client = await clients.take(host: destination.host, address: address)
        let result: Result<GuardedAnswer, any Error>
        do {
            result = .success(try await ask(request, at: destination, through: client, since: start))
        } catch {
            result = .failure(error)
        }
        await clients.giveBack(host: destination.host, address: address)
        return try result.get()
    }

    private func ask(
        _ request: GuardedRequest,
        at destination: Destination,
        through client: HTTPClient,
        since start: ContinuousClock.Instant
    ) async throws -> GuardedAnswer {
        var wire = HTTPClientRequest(url: destination.url)
        wire.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { wire.headers.add(name: name, value: value) }
        if !wire.headers.contains(name: "User-Agent") {
            wire.headers.add(name: "User-Agent", value: settings.userAgent)
        }
        if request.method == .post { wire.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await client.execute(wire, deadline: .now() + TimeAmount(request.timeout))
        let headerBytes = response.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard headerBytes <= settings.maxHeaderBytes else {
            throw OutboundFailure.headersTooLarge(limitBytes: settings.maxHeaderBytes)
        }
        return GuardedAnswer(
            status: Int(response.status.code),
            headers: response.headers.map { (name: $0.name, value: $0.value) },
            body: try await body(of: response, for: request),
            url: destination.url,
            duration: start.duration(to: .now)
        )
    }

    /// Read as it comes, so that no more than the limit is ever held.
    private func body(of response: HTTPClientResponse, for request: GuardedRequest) async throws -> [UInt8] {
        let limit = request.maxBodyBytes
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        if announced > limit, !request.cutsBody { throw OutboundFailure.bodyTooLarge(limitBytes: limit) }
        var bytes: [UInt8] = []
        do {
            for try await chunk in response.body {
                bytes += chunk.readableBytesView.prefix(limit - bytes.count + 1)
                if bytes.count > limit { break }
            }
            // A sequence that is cancelled ends as if it were whole.
            try Task.checkCancellation()
        } catch {
            // The status has decided already, so a body that breaks off changes nothing for whom its beginning will do.
            if !request.cutsBody { throw error }
        }
        guard bytes.count > limit else { return bytes }
        guard request.cutsBody else { throw OutboundFailure.bodyTooLarge(limitBytes: limit) }
        return Array(bytes.prefix(limit))
    }
}
