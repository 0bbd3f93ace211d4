package import MediaEngine
package import SDPWire
import SecureMedia

extension MediaParameters {
    /// What offer and answer agreed on, as the media engine wants it.
    package init(_ audio: NegotiatedAudio) {
        self.init(
            remoteHost: audio.remoteAddress,
            remotePort: audio.remotePort,
            codec: audio.codec == .pcma ? .pcma : .pcmu,
            payloadType: UInt8(audio.payloadType),
            telephoneEventPayloadType: audio.telephoneEventPayloadType.map { UInt8($0) },
            otherLawPayloadType: audio.otherLawPayloadType.map { UInt8($0) },
            comfortNoisePayloadType: audio.comfortNoisePayloadType.map { UInt8($0) },
            direction: MediaDirection(audio.direction),
            keys: audio.crypto.map { SRTPKeys(local: SRTPMasterKey($0.local), remote: SRTPMasterKey($0.remote)) }
        )
    }
}

extension MediaParameters {
    /// What offer and answer agreed on with a browser, and its handshake; where it is its leg's gate knows alone.
    init(_ audio: NegotiatedWebAudio, keys: SRTPKeys) {
        self.init(
            remoteHost: "0.0.0.0",
            remotePort: 0,
            codec: MediaCodec(audio.codec),
            payloadType: UInt8(audio.payloadType),
            telephoneEventPayloadType: audio.telephoneEventPayloadType.map { UInt8($0) },
            telephoneEventClockRate: audio.telephoneEventClockRate,
            otherLawPayloadType: audio.otherLawPayloadType.map { UInt8($0) },
            opusPayloadType: audio.opusPayloadType.map { UInt8($0) },
            opus: audio.opus.map { OpusSettings($0) } ?? OpusSettings(),
            comfortNoisePayloadType: audio.comfortNoisePayloadType.map { UInt8($0) },
            direction: MediaDirection(audio.direction),
            keys: keys
        )
    }
}

extension MediaCodec {
    fileprivate init(_ codec: WebCodec) {
        switch codec {
        case .pcma: self = .pcma
        case .pcmu: self = .pcmu
        case .opus: self = .opus
        }
    }
}

extension OpusSettings {
    /// As the peer likes to receive.
    fileprivate init(_ wishes: OpusParameters) {
        self.init(
            mostBitsPerSecond: wishes.mostBitsPerSecond ?? Self.usualBitsPerSecond,
            usesInbandFEC: wishes.usesInbandFEC
        )
    }
}

extension SRTPMasterKey {
    fileprivate init(_ key: CryptoKey) {
        let profile: SRTPProfile =
            switch key.suite {
            case .aes128CMSHA1Tag80: .aes128CMSHA1Tag80
            case .aes128CMSHA1Tag32: .aes128CMSHA1Tag32
            case .aes128GCM: .aes128GCM
            case .aes256GCM: .aes256GCM
            }
        self.init(profile, key.bytes)
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
