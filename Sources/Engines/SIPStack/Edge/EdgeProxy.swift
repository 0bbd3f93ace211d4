import SIPWire

/// What a node does with messages between a device whose connection it has and the node that has the call: those of a stateless
/// proxy (RFC 3261 section 16.11) that stays on the way (section 16.6, step 4, twice since it changes the transport). Pure.
struct EdgeProxy {
    /// Where a message goes on.
    enum Hop: Equatable {
        case device(flow: String)
        case node(SIPPlace)
    }

    /// What is to be done with a request.
    enum Step: Equatable {
        /// It is for this node itself.
        case take
        case forward(SIPRequest, Hop)
        case refuse(Int)
    }

    private static let branchPrefix = "z9hG4bK"

    /// Where other nodes reach this one.
    let place: SIPPlace
    /// What devices reach this one as.
    let front: (SIPTransport) -> SIPURI
    /// See `EdgeGate.sign`.
    let sign: (String) -> String

    /// The token by which a request goes on; nil when it is for this node itself.
    func token(of request: SIPRequest) -> EdgeToken? {
        request.headers.list(.route).first.flatMap { token(ofRoute: $0) }
    }

    /// - Parameters:
    ///   - source: the numeric address that it really came from.
    ///   - transport: of the device's connection.
    func step(_ request: SIPRequest, from source: String, transport: SIPTransport) -> Step {
        guard let token = token(of: request), let via = request.headers.topVia else { return .take }
        // Whoever else has seen a token is not to call the device.
        guard token.heading == .node || source == token.node.address else { return .refuse(403) }
        let isInDialog = request.headers.to?.tag != nil
        // A device says something of its call; it begins none at another node, which could not know who it is.
        guard token.heading == .device || isInDialog else { return .refuse(403) }
        let hops = request.headers.integer(.maxForwards) ?? 70
        guard hops > 0 else { return .refuse(483) }
        var next = request
        next.headers.set(.maxForwards, "\(hops - 1)")
        let routes = request.headers.list(.route).drop { self.token(ofRoute: $0) != nil }
        next.headers.set(.route, nil)
        for route in routes { next.headers.add(.route, route) }
        if request.method == .invite, !isInDialog { record(token, transport, on: &next) }
        let onward = token.heading == .device ? transport : token.node.transport
        next.headers.prepend(.via, self.via(token, after: via, over: onward).text)
        return .forward(next, hop(token))
    }

    /// What goes back of a response, and where; nil when this node has not forwarded its request.
    func back(_ response: SIPResponse) -> (response: SIPResponse, hop: Hop)? {
        let vias = response.headers.list(.via)
        guard vias.count > 1, let branch = response.headers.topVia?.branch, let via = Via(vias[1]),
            branch.hasPrefix(Self.branchPrefix + EdgeToken.prefix), let dot = branch.lastIndex(of: ".")
        else { return nil }
        let name = String(branch[..<dot].dropFirst(Self.branchPrefix.count))
        guard let token = EdgeToken(name, sign), branch == self.branch(token, after: via) else { return nil }
        var next = response
        next.headers.set(.via, nil)
        for text in vias.dropFirst().reversed() { next.headers.prepend(.via, text) }
        return (next, hop(token.turned()))
    }

    private func token(ofRoute text: String) -> EdgeToken? {
        guard text.utf8.count <= 1000, let user = NameAddress(text)?.uri.user, user.hasPrefix(EdgeToken.prefix) else {
            return nil
        }
        return EdgeToken(user, sign)
    }

    private func hop(_ token: EdgeToken) -> Hop {
        token.heading == .device ? .device(flow: token.flow) : .node(token.node)
    }

    /// Each side finds its own way to this node first (RFC 5658 section 5).
    private func record(_ token: EdgeToken, _ transport: SIPTransport, on request: inout SIPRequest) {
        var own = token.route(at: place, sign)
        own.uri.scheme = request.uri.scheme
        request.headers.prepend(.recordRoute, own.text)
        let parameters = SIPParameters([("transport", transport.parameter), ("lr", nil)])
        var uri = front(transport)
        uri.user = token.turned().text(sign)
        uri.parameters = parameters
        uri.scheme = request.uri.scheme
        request.headers.prepend(.recordRoute, NameAddress(uri: uri).text)
    }

    private func via(_ token: EdgeToken, after via: Via, over transport: SIPTransport) -> Via {
        let parameters = SIPParameters([("branch", branch(token, after: via)), ("rport", nil)])
        return Via(transport: transport.rawValue, host: place.host, port: place.port, parameters: parameters)
    }

    /// The same for all messages of a transaction, and bound to whoever sent it: the answer finds back by this alone.
    private func branch(_ token: EdgeToken, after via: Via) -> String {
        let name = token.text(sign)
        let origin = "\(via.host.lowercased()):\(via.port ?? 0):\(via.branch ?? "")"
        return "\(Self.branchPrefix)\(name).\(EdgeToken.signature(of: "\(name) \(origin)", sign))"
    }
}
