import MediaEngine
import Primitives
import SDPWire
import SecureMedia

/// A call's media: what we offer, and what came of it.
struct CallMedia {
    let leg: MediaLeg
    let offers: any LegOffers
    /// The way to a browser; nil for a telephone.
    private var browser: BrowserLine?
    /// Whether the peer takes nothing of ours: it has put us on hold (RFC 3264 section 8.4).
    private(set) var isOnHold = false
    private var agreed: MediaParameters?
    /// The answer to the offer of a call that came in; our own offer when it had none.
    private var prepared: (offer: [UInt8], body: [UInt8], audio: LegAudio?)?

    /// The media of a telephone or a carrier.
    init(_ leg: MediaLeg, host: String, sessionID: UInt64) {
        self.leg = leg
        offers = PhoneOffers(host: host, port: leg.localPort, sessionID: sessionID)
    }

    /// The media of a browser.
    init(_ leg: MediaLeg, _ offers: BrowserOffers, _ browser: BrowserLine) {
        self.leg = leg
        self.offers = offers
        self.browser = browser
    }

    /// Whether the peer has described itself in a way that we can use.
    private var isDescribed: Bool { browser?.isDescribed ?? (agreed != nil) }

    /// Whether there is no sound yet since a browser's handshake is not done.
    var awaitsKeys: Bool { browser?.awaitsKeys == true }

    /// Whether the peer's sound is Opus.
    var hasOpus: Bool { browser?.codec == .opus }

    /// Whether it is, or may become that when the call is answered.
    var mayHaveOpus: Bool {
        if isDescribed { return hasOpus }
        guard case .browser(let audio) = prepared?.audio else { return false }
        return audio.knowsOpus
    }

    /// Answers with Opus if the peer knows it, since who is to be heard there has it. Nothing once it is answered.
    mutating func preferOpus() {
        guard !isDescribed, mayHaveOpus, let offer = prepared?.offer else { return }
        offers.preferOpus()
        if let answer = offers.answer(offer) { prepared = (offer, answer.body, answer.audio) }
    }

    /// Forgets what another trunk had agreed to.
    mutating func startOver() {
        agreed = nil
    }

    /// Reads the offer of a call that came in; false when it has nothing that we can take.
    mutating func prepare(_ offer: [UInt8]) -> Bool {
        if offer.isEmpty {
            // Whoever cannot take a secured one could only hang up.
            prepared = (offer, offers.offer(isSecured: false), nil)
        } else {
            guard let answer = offers.answer(offer) else { return false }
            prepared = (offer, answer.body, answer.audio)
        }
        return true
    }

    /// Lets media flow as the offer says.
    ///
    /// - Returns: the description to answer with; nil when there was no offer to answer.
    mutating func accept() -> [UInt8]? {
        guard let prepared else { return nil }
        if let audio = prepared.audio { follow(audio) }
        return prepared.body
    }

    /// Connects as a 183 or a 2xx says; false when it says nothing that we can use.
    ///
    /// Some carriers describe themselves in the 183 alone: then an empty 2xx confirms that.
    mutating func connect(_ body: [UInt8]) -> Bool {
        if body.isEmpty { return isDescribed }
        guard let audio = offers.read(answer: body) else { return false }
        return follow(audio)
    }

    /// Follows what was agreed on; false when the address is none we can send to.
    @discardableResult
    mutating func follow(_ audio: LegAudio) -> Bool {
        // Our own direction, agreed on: a peer that only sends lets us receive only.
        isOnHold = audio.direction == .recvonly || audio.direction == .inactive
        switch audio {
        case .phone(let audio): return follow(audio)
        case .browser(let audio):
            guard var line = browser else { return false }
            connect(line.follow(audio, on: leg))
            browser = line
            return true
        }
    }

    /// Takes what a browser's handshake has brought.
    mutating func take(_ keys: SRTPKeys) {
        let parameters = browser?.take(keys)
        connect(parameters)
    }

    /// Closes the leg.
    func close() async {
        browser?.close()
        _ = await leg.close()
    }

    private mutating func follow(_ audio: NegotiatedAudio) -> Bool {
        // The old way to put on hold names no address (RFC 3264 section 8.4): what was agreed before stands.
        if audio.remoteAddress == "0.0.0.0" { return true }
        guard IPAddress(parsing: audio.remoteAddress)?.isIPv4 == true else { return false }
        connect(MediaParameters(audio))
        return true
    }

    /// Connecting again would forget where packets really come from.
    private mutating func connect(_ parameters: MediaParameters?) {
        guard let parameters, parameters != agreed else { return }
        leg.connect(parameters)
        agreed = parameters
    }
}
