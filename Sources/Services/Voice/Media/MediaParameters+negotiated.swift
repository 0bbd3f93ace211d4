package import MediaEngine
package import SDPWire

extension MediaParameters {
    /// What offer and answer agreed on, as the media engine wants it.
    package init(_ audio: NegotiatedAudio) {
        self.init(
            remoteHost: audio.remoteAddress,
            remotePort: audio.remotePort,
            codec: audio.codec == .pcma ? .pcma : .pcmu,
            payloadType: UInt8(audio.payloadType),
            telephoneEventPayloadType: audio.telephoneEventPayloadType.map { UInt8($0) },
            direction: MediaDirection(audio.direction)
        )
    }
}

extension MediaDirection {
    fileprivate init(_ direction: Direction) {
        switch direction {
        case .sendrecv: self = .sendrecv
        case .sendonly: self = .sendonly
        case .recvonly: self = .recvonly
        case .inactive: self = .inactive
        }
    }
}
