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
        let known = edge.flow(named: token.flow, isNew: request.headers.to?.tag == nil)
        // Nobody else has the token: a device that sends by another connection goes on by that (RFC 5626 section 4.2).
        let source = SIPFlow(origin.flow)
        let hasMoved = token.heading == .node && known?.isSame(as: source) != true
        if hasMoved { edge.moved(token.flow, to: source) }
        let flow = hasMoved ? source : known
        switch proxy.step(request, transport: flow?.transport ?? origin.transport) {
        case .take: return false
        case .refuse(let status): refuse(request, status, from: origin)
        case .forward(let next, let hop):
            guard let destination = destination(of: hop, flow) else {
                // RFC 5626 section 5.3.1: the connection is gone.
                refuse(request, 430, from: origin)
                return true
            }
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
        guard let destination = destination(of: hop, hop.device.flatMap { edge.flow(named: $0, isNew: false) }) else {
            return true
        }
        counters.forwarded.add(1, ordering: .relaxed)
        transmit(next.bytes, to: destination) {}
        return true
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
            return SIPDestination(transport: .tcp, address: address)
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
