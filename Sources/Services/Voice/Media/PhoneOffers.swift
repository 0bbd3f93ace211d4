import SDPWire
import Synchronization

/// Our descriptions of a leg whose peer is a telephone or a carrier.
///
/// Our keys are made when they are first needed, and stay for as long as the leg's suite does: where we are never changes, so
/// neither must they (RFC 4568 section 7.1.4).
final class PhoneOffers: LegOffers {
    private struct State {
        var version: UInt64 = 1
        /// Ours, one for each suite, once something was to be secured.
        var keys: [CryptoKey] = []
        /// The one of ours that is in use.
        var current: CryptoKey?
        /// Our offer, or our answer, whichever was last: what the peer answers when it is repeated.
        var description: SessionDescription?

        var isSecured: Bool { description?.media.contains(where: \.isSecured) == true }
    }

    private let host: String
    private let port: Int
    private let sessionID: UInt64
    private let state = Mutex(State())

    init(host: String, port: Int, sessionID: UInt64) {
        self.host = host
        self.port = port
        self.sessionID = sessionID
    }

    /// No telephone is offered it.
    func preferOpus() {}

    func offer(isSecured: Bool) -> [UInt8] {
        state.withLock { state in
            if isSecured { Self.makeKeys(&state) }
            let offer = OfferAnswer.offer(endpoint(state, isSecured ? state.keys : []))
            state.description = offer
            return offer.bytes
        }
    }

    func read(answer body: [UInt8]) -> LegAudio? {
        guard let answer = try? SessionDescription(parsing: body) else { return nil }
        return state.withLock { state in
            guard let audio = OfferAnswer.read(answer: answer, to: state.description),
                audio.crypto.map({ state.keys.contains($0.local) }) ?? true
            else { return nil }
            Self.follow(audio, &state)
            return .phone(audio)
        }
    }

    /// What is secured stays so.
    func answer(_ body: [UInt8]) -> (body: [UInt8], audio: LegAudio)? {
        guard let offer = try? SessionDescription(parsing: body) else { return nil }
        return state.withLock { state in
            if offer.media.contains(where: \.isSecured) { Self.makeKeys(&state) }
            // Each new description has a higher version (RFC 3264 section 8).
            state.version += 1
            guard let (answer, audio) = OfferAnswer.answer(offer, endpoint(state, state.keys)),
                audio.crypto != nil || !state.isSecured
            else { return nil }
            state.description = answer
            Self.follow(audio, &state)
            return (answer.bytes, .phone(audio))
        }
    }

    private func endpoint(_ state: State, _ keys: [CryptoKey]) -> AudioEndpoint {
        AudioEndpoint(address: host, port: port, keys: keys, sessionID: sessionID, version: state.version)
    }

    private static func makeKeys(_ state: inout State) {
        guard state.keys.isEmpty else { return }
        state.keys = CryptoSuite.allCases.map { fresh($0) }
    }

    /// A key that was in use and is so no more is forgotten and never used again: its key stream would be, too.
    private static func follow(_ audio: NegotiatedAudio, _ state: inout State) {
        guard let local = audio.crypto?.local, local != state.current else { return }
        if let former = state.current, let place = state.keys.firstIndex(of: former) {
            state.keys[place] = fresh(former.suite)
        }
        state.current = local
    }

    private static func fresh(_ suite: CryptoSuite) -> CryptoKey {
        var random = SystemRandomNumberGenerator()
        return CryptoKey(suite, using: &random)
    }
}
