import MediaEngine
import Primitives
import SDPWire
import STUNWire
import SecureMedia
import WebRTCGateway

/// The way of a browser's sound: first its handshake, then what that has brought.
struct BrowserLine {
    private let transport: BrowserTransport
    private let context: DTLSContext
    private var hasBegun = false
    private var audio: NegotiatedWebAudio?
    private var keys: SRTPKeys?

    init(_ transport: BrowserTransport, _ context: DTLSContext) {
        self.transport = transport
        self.context = context
    }

    /// Whether the browser has described itself.
    var isDescribed: Bool { audio != nil }

    /// What was agreed on; nil before the browser has described itself.
    var codec: WebCodec? { audio?.codec }

    /// Whether there is no sound yet since the handshake is not done.
    var awaitsKeys: Bool { keys == nil }

    /// Follows what was agreed on, and begins the handshake the first time.
    ///
    /// - Returns: what the leg is connected with; nil while there are no keys.
    mutating func follow(_ audio: NegotiatedWebAudio, on leg: MediaLeg) -> MediaParameters? {
        let hasMoved = self.audio?.remoteAddress != audio.remoteAddress || self.audio?.remotePort != audio.remotePort
        self.audio = audio
        if audio.credentials == nil, hasMoved, let place = STUNAddress(audio) { transport.trust(place, on: leg) }
        if !hasBegun {
            hasBegun = true
            transport.shakeHands(
                audio.isHandshakeOurs ? .client : .server,
                context,
                peer: audio.fingerprints,
                on: leg
            )
        }
        return parameters
    }

    /// Takes what the handshake has brought.
    ///
    /// - Returns: what the leg is connected with.
    mutating func take(_ keys: SRTPKeys) -> MediaParameters? {
        self.keys = keys
        return parameters
    }

    /// Tells the browser that this is over; before the leg is closed.
    func close() { transport.close() }

    private var parameters: MediaParameters? {
        guard let audio, let keys else { return nil }
        return MediaParameters(audio, keys: keys)
    }
}

extension STUNAddress {
    /// Where a peer says it is; nil when that is no IPv4 address.
    fileprivate init?(_ audio: NegotiatedWebAudio) {
        guard let address = IPAddress(parsing: audio.remoteAddress), address.isIPv4,
            let port = UInt16(exactly: audio.remotePort)
        else { return nil }
        self.init(.v4(address.bytes.reduce(0) { $0 << 8 | UInt32($1) }), port)
    }
}
