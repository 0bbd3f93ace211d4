import SDPWire

/// What offer and answer agreed on for a leg's sound.
enum LegAudio: Sendable, Equatable {
    /// With a telephone or a carrier.
    case phone(NegotiatedAudio)
    /// With a browser, whose handshake brings the keys.
    case browser(NegotiatedWebAudio)

    /// Which way media flows, seen from our side.
    var direction: Direction {
        switch self {
        case .phone(let audio): audio.direction
        case .browser(let audio): audio.direction
        }
    }
}
