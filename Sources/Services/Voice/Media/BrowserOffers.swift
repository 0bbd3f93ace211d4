import Primitives
import SDPWire
import Synchronization

/// Our descriptions of a leg whose peer is a browser (RFC 8829).
///
/// Where we are and the certificate that we show stay what they are; the credentials of ICE are new when the browser begins it anew.
final class BrowserOffers: LegOffers {
    private struct State {
        var version: UInt64 = 1
        var credentials: ICECredentials
        /// What we have, by preference.
        var codecs: [WebCodec]
        /// What was agreed on last.
        var agreed: NegotiatedWebAudio?
    }

    /// What telephones have comes first: then nothing is coded anew on the way to them. A browser without that has Opus.
    static let codecs: [WebCodec] = [.pcma, .pcmu, .opus]
    /// For a browser that is to hear another which has Opus: what passes between the two stays as it is.
    static let codecsWithOpusFirst: [WebCodec] = [.opus, .pcma, .pcmu]

    private let address: String
    private let port: Int
    private let tcpPort: Int?
    private let fingerprint: CertificateFingerprint
    private let sessionID: UInt64
    private let onRestart: @Sendable (ICECredentials) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - address: where browsers reach us, an address and no name.
    ///   - codecs: what we have, by preference.
    ///   - tcpPort: where they may connect when no datagram gets through; nil for nowhere.
    ///   - onRestart: takes the credentials by which the browser's checks are signed from now on, before it can know them.
    init(
        address: String,
        port: Int,
        tcpPort: Int? = nil,
        credentials: ICECredentials,
        fingerprint: CertificateFingerprint,
        codecs: [WebCodec] = codecs,
        sessionID: UInt64,
        onRestart: @escaping @Sendable (ICECredentials) -> Void
    ) {
        self.address = address
        self.port = port
        self.tcpPort = tcpPort
        self.fingerprint = fingerprint
        self.sessionID = sessionID
        self.onRestart = onRestart
        state = Mutex(State(credentials: credentials, codecs: codecs))
    }

    func preferOpus() {
        state.withLock { $0.codecs = Self.codecsWithOpusFirst }
    }

    func offer(isSecured: Bool) -> [UInt8] {
        state.withLock { WebOfferAnswer.offer(endpoint($0)).bytes }
    }

    func read(answer body: [UInt8]) -> LegAudio? {
        guard let answer = try? SessionDescription(parsing: body) else { return nil }
        return state.withLock { state in
            guard let audio = try? WebOfferAnswer.read(answer: answer, to: endpoint(state)), Self.isReachable(audio),
                // Only its own offer may begin anew; this answers one that did not.
                state.agreed.map({ !audio.restartsICE(of: $0) && !audio.renewsHandshake(of: $0) }) ?? true
            else { return nil }
            state.agreed = audio
            return .browser(audio)
        }
    }

    /// Another certificate within a call would need another handshake, which no browser asks for: it is refused, and the call goes on.
    func answer(_ body: [UInt8]) -> (body: [UInt8], audio: LegAudio)? {
        guard let offer = try? SessionDescription(parsing: body) else { return nil }
        return state.withLock { state in
            // Each new description has a higher version (RFC 3264 section 8).
            state.version += 1
            guard var (answer, audio) = try? WebOfferAnswer.answer(offer, endpoint(state)), Self.isReachable(audio)
            else { return nil }
            if let agreed = state.agreed {
                guard !audio.renewsHandshake(of: agreed) else { return nil }
                if audio.restartsICE(of: agreed) {
                    // New on one side means new on both (RFC 8839 section 4.4.1.1.1).
                    var random = SystemRandomNumberGenerator()
                    state.credentials = ICECredentials(using: &random)
                    guard let anew = try? WebOfferAnswer.answer(offer, endpoint(state)) else { return nil }
                    (answer, audio) = anew
                    onRestart(state.credentials)
                }
            }
            state.agreed = audio
            return (answer.bytes, .browser(audio))
        }
    }

    /// Whether packets can go there: checks tell where a browser is, and without them the description must, by an address of IPv4.
    private static func isReachable(_ audio: NegotiatedWebAudio) -> Bool {
        audio.credentials != nil || IPAddress(parsing: audio.remoteAddress)?.isIPv4 == true
    }

    private var candidates: [ICECandidate] {
        let datagrams = ICECandidate(foundation: "1", address: address, port: port)
        guard let tcpPort else { return [datagrams] }
        let connections = ICECandidate(
            foundation: "2",
            transport: .tcp,
            preference: ICECandidate.passivePreference,
            address: address,
            port: tcpPort,
            tcpType: .passive
        )
        return [datagrams, connections]
    }

    private func endpoint(_ state: State) -> WebAudioEndpoint {
        WebAudioEndpoint(
            candidates: candidates,
            credentials: state.credentials,
            fingerprints: [fingerprint],
            codecs: state.codecs,
            // Who has begun the handshake keeps that part (RFC 8842 section 5.5).
            setup: state.agreed?.isHandshakeOurs == true ? .active : .passive,
            sessionID: sessionID,
            version: state.version
        )
    }
}
