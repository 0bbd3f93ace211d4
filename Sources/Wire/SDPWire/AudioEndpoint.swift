/// Where and how we take audio: what an offer or answer of ours says.
package struct AudioEndpoint: Sendable, Equatable {
    /// Our address.
    package let address: String
    /// Our RTP port.
    package let port: Int
    /// Codecs by preference.
    package let codecs: [AudioCodec]
    /// Keys of ours to offer, by preference, or to answer with: at most one of each suite. Without any we offer plain RTP and take
    /// nothing else.
    package let keys: [CryptoKey]
    /// Names this session in `o=`; grows with `version` when we offer again.
    package let sessionID: UInt64
    /// The version of this description.
    package let version: UInt64

    /// The payload type of telephone events in our offers.
    package static let telephoneEventPayloadType = 101

    /// Makes an endpoint.
    package init(
        address: String,
        port: Int,
        codecs: [AudioCodec] = [.pcma, .pcmu],
        keys: [CryptoKey] = [],
        sessionID: UInt64,
        version: UInt64 = 1
    ) {
        self.address = address
        self.port = port
        self.codecs = codecs
        self.keys = keys
        self.sessionID = sessionID
        self.version = version
    }
}
