import OutboundHTTP
import Platform
import Primitives
import SIPStack
import SIPWire

/// Where the host of a SIP URI is, once it has been checked.
struct SIPWay: Sendable {
    let address: SIPAddress
    /// What is sent to, in the order to try and by one transport, whatever the host's name leads to later.
    let pinned: [SIPPlace]
    /// Which addresses the call may go on at.
    let policy: DestinationPolicy

    /// Whether the call may go on at a numeric address, which the peer's Contact names.
    func mayReach(_ text: String) -> Bool {
        guard let other = IPAddress(parsing: text) else { return false }
        do { try policy.check(other) } catch { return false }
        return true
    }

    /// The request URI: made of the parts that were checked, so that no other reading of the text counts.
    var uri: SIPURI {
        SIPURI(
            scheme: address.isSecure ? "sips" : "sip",
            user: address.user,
            host: address.literal.map { $0.isIPv4 ? address.host : "[\(address.host)]" } ?? address.host,
            port: address.namedPort,
            parameters: SIPParameters(address.namedTransport.map { [("transport", $0.rawValue)] } ?? [])
        )
    }

    /// Where the INVITE goes; by TLS the host must prove its name.
    var target: SIPTarget {
        SIPTarget(host: address.host, port: address.namedPort, transport: pinned.first?.transport, places: pinned)
    }
}

extension SIPTarget {
    /// What a URI asks for (RFC 3263 section 4.1): `sips` by TLS, and whatever transport was named.
    init(_ address: SIPAddress) {
        let named = address.isSecure ? .tls : address.namedTransport
        self.init(host: address.host, port: address.namedPort, transport: named.map { SIPTransport($0) })
    }
}
