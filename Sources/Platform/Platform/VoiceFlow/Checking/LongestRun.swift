/// How long a document can take at most, and whom it can call, if it is asked for once.
package struct LongestRun: Sendable, Equatable {
    /// How fast a text is taken to be spoken: slow speech, in characters a second.
    package static let charactersPerSecond = 5
    /// How long a sound is taken to be whose length is not known.
    package static let soundLength: Duration = .seconds(60)

    /// What somebody is called by.
    package enum Kind: Sendable {
        /// A number, at the rate of its prefix.
        case number
        /// A SIP URI, at the price of the list.
        case sip
        /// A registered device, which costs nothing.
        case device
    }

    /// Somebody who is called.
    package struct Leg: Sendable, Equatable {
        /// The action: `actions[1].dial`.
        package let path: String
        /// The number, E.164, or the SIP URI or the device's name.
        package let to: String
        /// What `to` is.
        package let kind: Kind
        /// The longest time that it is paid for: what is whispered, and the time connected.
        package let longest: Duration
    }

    /// The time; no more than a call may take.
    package private(set) var length: Duration = .zero
    /// Whether something in it has no end of its own; `length` is the call's then.
    package private(set) var isOpenEnded = false
    /// Whether lengths are in it that are guessed: of speech, and of sounds that are files.
    package private(set) var isEstimated = false
    /// Everybody whom it can call; of one action at most one is connected.
    package private(set) var legs: [Leg] = []

    private let longestCall: Duration

    /// Adds up a document.
    ///
    /// - Parameter longestCall: when a call is ended in any case.
    package init(_ document: VoiceDocument, longestCall: Duration) {
        self.init(document.actions, at: document.paths, longestCall: longestCall)
    }

    /// Adds up actions, each with where it was written.
    init(_ actions: [VoiceAction], at paths: [String], longestCall: Duration) {
        self.longestCall = longestCall
        for (action, path) in zip(actions, paths) {
            add(action, path)
            if action.endsDocument { break }
        }
        length = isOpenEnded ? longestCall : min(length, longestCall)
    }

    private mutating func add(_ action: VoiceAction, _ path: String) {
        switch action {
        case .say, .play, .pause: length += prompts([action])
        case .getDigits(let gather):
            let keys = gather.numDigits == 0 ? GetDigitsAction.mostDigits : gather.numDigits
            length += prompts(gather.nested) + gather.timeout * keys
        case .dial(let dial): add(dial, path)
        case .record(let record): length += record.maxLength
        case .conference: isOpenEnded = true
        case .stream(let stream): if stream.connects { isOpenEnded = true }
        case .redirect, .reject, .hangup: break
        }
    }

    private mutating func add(_ dial: DialAction, _ path: String) {
        let connected = min(prompts(dial.whisper) + (dial.timeLimit ?? longestCall), longestCall)
        length += dial.timeout + connected
        let (kind, names): (Kind, [String]) =
            switch dial.target {
            case .numbers(let numbers): (.number, numbers)
            case .sip(let uri): (.sip, [uri])
            case .device(let name): (.device, [name])
            }
        legs += names.map { Leg(path: path, to: $0, kind: kind, longest: connected) }
    }

    private mutating func prompts(_ actions: [VoiceAction]) -> Duration {
        actions.reduce(.zero) { $0 + prompt($1) }
    }

    private mutating func prompt(_ action: VoiceAction) -> Duration {
        switch action {
        case .pause(let length): return length
        case .say(let say):
            isEstimated = true
            let (whole, part) = say.text.count.quotientAndRemainder(dividingBy: Self.charactersPerSecond)
            return .seconds((whole + (part > 0 ? 1 : 0)) * say.loop)
        case .play(let play):
            if case .tone(_, let length) = play.sound { return length * play.loop }
            isEstimated = true
            return Self.soundLength * play.loop
        default: return .zero
        }
    }
}
