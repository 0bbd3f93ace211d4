import NIOCore
import SIPWire
import Synchronization

/// What is for a device's connection here and for a call of another node, or the reverse.
extension UserAgentCore {
    /// Sends on what another node has sent for a device, or a device for another node's call; false when it is for us.
    func passesOn(_ request: SIPRequest, from origin: SIPDestination) -> Bool {
        guard let edge else { return false }
        let proxy = proxy(edge)
        guard let token = proxy.token(of: request) else { return false }
        let source = SIPFlow(origin.flow)
        let flow = flow(of: token, for: request, source, edge)
        switch proxy.step(request, from: source.address, transport: flow?.transport ?? origin.transport) {
        case .take: return false
        case .refuse(let status):
            counters.refused.add(1, ordering: .relaxed)
            refuse(request, status, from: origin)
        case .forward(let next, let hop):
            guard let destination = destination(of: hop, flow) else {
                // RFC 5626 section 5.3.1: the connection is gone.
                refuse(request, 430, from: origin)
                return true
            }
            if let flow, edge.held(token.flow)?.isSame(as: flow) != true { edge.hold(token.flow, flow) }
            counters.forwarded.add(1, ordering: .relaxed)
            transmit(next.bytes, to: destination) { [weak self] in
                self?.refuse(request, hop.device == nil ? 503 : 430, from: origin)
            }
        }
        return true
    }

    /// Sends back what answers a request that was sent on; false when the answer is for us.
    func passesOn(_ response: SIPResponse) -> Bool {
        guard let edge, let (next, hop) = proxy(edge).back(response) else { return false }
        guard let destination = destination(of: hop, hop.device.flatMap { edge.held($0) ?? edge.registered($0) }) else {
            return true
        }
        counters.forwarded.add(1, ordering: .relaxed)
        transmit(next.bytes, to: destination) {}
        return true
    }

    /// The device's connection. A call begins by the one that is registered, and goes on by that; a device whose connection is cut goes
    /// on by the one that it sends by, as in calls of this node (RFC 5626 section 4.2).
    private func flow(
        of token: EdgeToken,
        for request: SIPRequest,
        _ source: SIPFlow,
        _ edge: any EdgeGate
    ) -> SIPFlow? {
        let isInDialog = request.headers.to?.tag != nil
        guard isInDialog || request.method == .cancel else { return edge.registered(token.flow) }
        let known = edge.held(token.flow) ?? edge.registered(token.flow)
        guard token.heading == .node, isInDialog, source.transport.isReliable else { return known }
        guard let known else { return source }
        guard let ours = known.pass, let theirs = source.pass, ours.isSamePeer(as: theirs) else { return known }
        return source
    }

    private func proxy(_ edge: any EdgeGate) -> EdgeProxy {
        EdgeProxy(place: edge.place, front: { self.contact(for: $0).uri }, sign: edge.sign)
    }

    private func destination(of hop: EdgeProxy.Hop, _ flow: SIPFlow?) -> SIPDestination? {
        switch hop {
        case .device:
            guard let flow, flow.isOpen else { return nil }
            return flow.destination
        case .node(let place):
            guard let address = try? SocketAddress(ipAddress: place.address, port: place.port) else { return nil }
            return SIPDestination(transport: place.transport, address: address)
        }
    }

    private func refuse(_ request: SIPRequest, _ status: Int, from origin: SIPDestination) {
        guard request.method != .ack else { return }
        transmit(request.response(status, toTag: token()).bytes, to: origin) {}
    }
}

extension EdgeProxy.Hop {
    /// The device's connection; nil when a node is next.
    fileprivate var device: String? { if case .device(let name) = self { name } else { nil } }
}
