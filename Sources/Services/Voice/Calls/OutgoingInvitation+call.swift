import Platform
import SIPStack
import SIPWire

extension OutgoingInvitation {
    /// The INVITE of a call over a trunk, with the caller's number as its identity.
    init(_ call: Call, over trunk: Trunk, domain: String, offer: [UInt8]) {
        let identity = SIPURI(user: call.callerID, host: domain)
        self.init(
            uri: SIPURI(
                user: call.to,
                host: trunk.host,
                port: trunk.namedPort,
                parameters: SIPParameters([("user", "phone")])
            ),
            from: NameAddress(uri: identity),
            to: NameAddress(uri: SIPURI(user: call.to, host: domain)),
            target: SIPTarget(trunk),
            offer: offer,
            ringTimeout: call.ringTimeout,
            extraHeaders: [SIPHeaderField(.pAssertedIdentity, "<\(identity.text)>")]
        )
        account = trunk.account
    }

    /// The INVITE of a call to a device, the way that it registered by, whichever node has that.
    init(_ call: Call, to way: DeviceWay, domain: String, offer: [UInt8]) {
        self.init(
            uri: way.contact,
            from: NameAddress(uri: SIPURI(user: Self.user(call.callerID), host: domain)),
            to: NameAddress(uri: SIPURI(user: way.contact.user, host: domain)),
            target: SIPTarget(way.hop),
            offer: offer,
            ringTimeout: call.ringTimeout
        )
        switch way.hop {
        case .flow(let own):
            flow = own
            route = way.registration.route
        case .node(_, let proxy):
            route = [proxy] + way.registration.route
            // Whatever way its answer names: all goes through the node that has the connection.
            mayReach = { _ in false }
        }
    }

    /// The INVITE of a call to a SIP URI. Its host is outside of our trust domain, so the identity is in From alone (RFC 3325).
    init(_ call: Call, to way: SIPWay, domain: String, offer: [UInt8]) {
        self.init(
            uri: way.uri,
            from: NameAddress(uri: SIPURI(user: Self.user(call.callerID), host: domain)),
            to: NameAddress(uri: way.uri),
            target: way.target,
            offer: offer,
            ringTimeout: call.ringTimeout
        )
        mayReach = { way.mayReach($0) }
    }

    /// A caller as the user of a URI: what a network says of a caller may hold anything.
    private static func user(_ caller: String) -> String {
        let plain = caller.unicodeScalars.filter { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "+-_.".unicodeScalars.contains(scalar))
        }
        return plain.isEmpty ? "anonymous" : String(String.UnicodeScalarView(plain))
    }
}

extension SIPTarget {
    /// Where the first message to a device goes.
    fileprivate init(_ hop: DeviceWay.Hop) {
        switch hop {
        case .flow(let flow): self.init(host: flow.address, port: flow.port, transport: flow.transport)
        case .node(let place, _):
            self.init(host: place.address, port: place.port, transport: place.transport, places: [place])
        }
    }
}
