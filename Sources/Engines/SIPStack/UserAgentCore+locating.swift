import NIOCore

/// Where requests go that belong to no dialog (RFC 3263).
extension UserAgentCore {
    /// Where a target is, and who it must prove to be: in the order to try, those that have failed lately last. Fails with what the
    /// locator throws.
    func destinations(of target: SIPTarget) -> EventLoopFuture<[SIPDestination]> {
        if let known = SIPLocator.known(target) {
            return loop.submit { self.destinations(known, of: target) }
        }
        return loop.makeFutureWithTask { [locator] in try await locator.places(of: target) }
            .map { self.destinations($0, of: target) }
    }

    private func destinations(_ places: [SIPPlace], of target: SIPTarget) -> [SIPDestination] {
        let addresses = places.compactMap { place in
            (try? SocketAddress(ipAddress: place.address, port: place.port)).map { (place.transport, $0) }
        }
        let reachable = addresses.filter { $0 != .udp || canReach($1) }
        let order = health.order(reachable.map(\.1), at: uptime)
        guard let transport = reachable.first?.0 else { return [] }
        return order.map { address in
            var destination = SIPDestination(transport: transport, address: address)
            if transport == .tls { destination.serverName = target.host }
            return destination
        }
    }

    /// Our one socket for datagrams is of one family.
    private func canReach(_ address: SocketAddress) -> Bool {
        guard let own = try? SocketAddress(ipAddress: configuration.host, port: 0) else { return true }
        return own.protocol == address.protocol
    }

    /// Notes that a place did not answer, or that it has too much to do.
    func noteFailure(of destination: SIPDestination) {
        health.failed(destination.address, at: uptime)
    }

    /// Notes that a place works.
    func noteAnswer(of destination: SIPDestination) {
        health.answered(destination.address)
    }
}
