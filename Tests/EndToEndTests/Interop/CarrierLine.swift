import Testing

/// A row of the matrix: the way that sipp, as a carrier, speaks to us.
struct CarrierLine: Sendable, CustomTestStringConvertible {
    let transport: String
    let law: String
    /// Whether Kamailio stands between.
    let isProxied: Bool

    var testDescription: String { "sipp by \(transport) with \(law)" + (isProxied ? " through Kamailio" : "") }

    /// Both laws, with Kamailio and without.
    static let all = [
        Self(transport: "udp", law: "PCMA", isProxied: false), Self(transport: "tcp", law: "PCMU", isProxied: false),
        Self(transport: "udp", law: "PCMA", isProxied: true), Self(transport: "udp", law: "PCMU", isProxied: true),
    ]
}
