import Platform

/// Where a call can be sent.
enum CallRoute: Sendable {
    /// A carrier.
    case trunk(Trunk)
    /// A registered device.
    case device(DeviceWay)
    /// The host of a SIP URI.
    case address(SIPWay)

    /// As it stands on the timeline.
    var name: String {
        switch self {
        case .trunk(let trunk): trunk.name
        case .device: "device"
        case .address: "sip"
        }
    }
}
