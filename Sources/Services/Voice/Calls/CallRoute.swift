import Platform
import SIPStack

/// Where a call can be sent.
enum CallRoute: Sendable {
    /// A carrier.
    case trunk(Trunk)
    /// A registered device; whether it is offered encrypted sound.
    case device(DeviceWay, isSecured: Bool)
    /// The host of a SIP URI.
    case address(SIPWay)

    /// The final responses by which a device says that it has no way to encrypt, or none of ours (RFC 3261 sections 21.4.13,
    /// 21.4.26 and 21.6.4).
    private static let refusesSecurity: Set<Int> = [415, 488, 606]

    /// A device that registered over TLS is offered encrypted sound, and plain sound when it cannot do that. Over anything else
    /// everybody on the way could read the keys.
    static func routes(to way: DeviceWay) -> [CallRoute] {
        let plain = CallRoute.device(way, isSecured: false)
        return way.transport == .tls ? [.device(way, isSecured: true), plain] : [plain]
    }

    /// Whether a browser is there, which takes sound its own way.
    var isBrowser: Bool {
        if case .device(let way, _) = self { way.transport.isWebSocket } else { false }
    }

    /// Whether the offer must be secured.
    var isSecured: Bool {
        if case .device(_, isSecured: true) = self { true } else { false }
    }

    /// Whether this is worth trying after another route failed.
    func isWorthTrying(after last: FailureVerdict) -> Bool {
        switch self {
        case .trunk: last.isTrunkFault
        // Nobody is rung twice: the device itself has refused what it was offered first.
        case .device: last.status.map { Self.refusesSecurity.contains($0) } ?? false
        case .address: false
        }
    }

    /// As it stands on the timeline.
    var name: String {
        switch self {
        case .trunk(let trunk): trunk.name
        case .device: "device"
        case .address: "sip"
        }
    }
}
