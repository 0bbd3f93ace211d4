/// What offer and answer agreed on for the one audio stream of a browser.
package struct NegotiatedWebAudio: Sendable, Equatable {
    /// Names the stream.
    package let identification: String?
    /// What our answers to the peer's checks, and its own, are known by; nil when it does without ICE, as telephones do.
    package let credentials: ICECredentials?
    /// Where the peer says it is. It counts only without ICE: a browser's first good check tells better.
    package let remoteAddress: String
    /// The port there.
    package let remotePort: Int
    /// Where the browser said to be. A lite agent need not know: the first good check tells.
    package let candidates: [ICECandidate]
    /// Whether the browser has no more candidates to tell.
    package let hasAllCandidates: Bool
    /// One of these must be of the certificate that the browser shows.
    package let fingerprints: [CertificateFingerprint]
    /// Whether we begin the handshake.
    package let isHandshakeOurs: Bool
    /// The codec of both ways.
    package let codec: WebCodec
    /// Its payload type in packets we send.
    package let payloadType: Int
    /// The payload type of the other law, when the codec is G.711 and the browser named both.
    package let otherLawPayloadType: Int?
    /// The payload type of Opus, when the codec is another and the browser answered our offer with both: it may send either.
    package let opusPayloadType: Int?
    /// Whether the browser has named Opus, whatever the codec is.
    package let knowsOpus: Bool
    /// How the browser likes to receive, when the codec is Opus.
    package let opus: OpusParameters?
    /// The payload type of telephone events, when both sides know them.
    package let telephoneEventPayloadType: Int?
    /// Units in a second of their durations: the codec's own rate, or 8,000 beside Opus where a browser has no other.
    package let telephoneEventClockRate: Int
    /// The payload type of comfort noise that the browser knows, when the codec is G.711. We neither send it nor ask for it, but
    /// understand it.
    package let comfortNoisePayloadType: Int?
    /// Which way media flows, seen from our side.
    package let direction: Direction

    /// Whether the browser begins ICE anew (RFC 8839 section 4.4.1.1.1).
    package func restartsICE(of former: NegotiatedWebAudio) -> Bool { credentials != former.credentials }

    /// Whether there must be another handshake (RFC 8842 section 4): the browser shows another certificate.
    package func renewsHandshake(of former: NegotiatedWebAudio) -> Bool {
        Set(fingerprints).isDisjoint(with: former.fingerprints) || isHandshakeOurs != former.isHandshakeOurs
    }
}
