/// Where and how we take audio from browsers: what an offer or answer of ours says. We are a lite agent of ICE: we are where our
/// candidates say, and wait for checks.
package struct WebAudioEndpoint: Sendable, Equatable {
    /// Where we can be reached, the preferred first; at least one.
    package let candidates: [ICECandidate]
    /// What checks of the browser must be signed with.
    package let credentials: ICECredentials
    /// Of the certificate that we show.
    package let fingerprints: [CertificateFingerprint]
    /// Codecs by preference.
    package let codecs: [WebCodec]
    /// Who begins the handshake when the choice is ours; in a call that has had one, whoever began that. When the browser begins we
    /// choose how packets are protected, and choose what costs half as much.
    package let setup: DTLSSetup
    /// Names this session in `o=`; grows with `version` when we describe it again.
    package let sessionID: UInt64
    /// The version of this description.
    package let version: UInt64

    /// Makes an endpoint.
    package init(
        candidates: [ICECandidate],
        credentials: ICECredentials,
        fingerprints: [CertificateFingerprint],
        codecs: [WebCodec] = [.pcma, .pcmu],
        setup: DTLSSetup = .passive,
        sessionID: UInt64,
        version: UInt64 = 1
    ) {
        precondition(!candidates.isEmpty && !fingerprints.isEmpty, "nobody could reach us")
        self.candidates = candidates
        self.credentials = credentials
        self.fingerprints = fingerprints
        self.codecs = codecs
        self.setup = setup
        self.sessionID = sessionID
        self.version = version
    }
}
