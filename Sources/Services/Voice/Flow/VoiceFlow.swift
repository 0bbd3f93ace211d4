import Platform

/// What a call does, action by action, as a value: news in, commands out; no clock and no I/O.
///
/// A document is a list of actions. A call that has not been answered is answered before the first action that needs it, so that
/// a `reject` costs nobody anything. What ends a document hangs up, unless the document came with the call itself.
struct VoiceFlow: Sendable {
    /// Documents asked for one after another without anything heard between them.
    static let silentDocumentLimit = 10
    /// Documents of one call.
    static let documentLimit = 1000

    private enum State {
        case idle
        case answering
        case fetching(FlowToken)
        /// A `say`, a `play`, a `pause`, or the apology.
        case waiting(FlowToken)
        case gathering(Gathering)
        case busy(FlowActivity, FlowToken)
        /// Nothing to do; the call stays up.
        case resting
        case apologising(FlowToken)
        case over
    }

    private var state = State.idle
    private var isAnswered: Bool
    private let isInbound: Bool
    /// Whether there is a URL to ask.
    private let hasURL: Bool
    private var actions: ArraySlice<VoiceAction> = []
    /// Whether the actions came with the call, or from whoever steers it.
    private var isOwnDocument = true
    private var documentURL: String?
    private var documents = 0
    private var silentDocuments = 0
    private var tokens = FlowToken.Source()

    init(isInbound: Bool, hasURL: Bool, isAnswered: Bool = false) {
        self.isInbound = isInbound
        self.hasURL = hasURL
        self.isAnswered = isAnswered
    }

    /// Whether keys are being waited for.
    var isGathering: Bool { if case .gathering = state { true } else { false } }

    mutating func handle(_ event: FlowEvent) -> [FlowCommand] {
        if case .over = state { return [] }
        switch event {
        case .begin(let actions):
            self.actions = actions[...]
            return next()
        case .beginAtURL: return fetch(FlowRequest(.begin))
        case .answered: return answered()
        case .document(let token, let document): return take(document, token)
        case .soundEnded(let token), .timer(let token): return ended(token)
        case .digit(let key): return pressed(key)
        case .dialEnded(let token, let result): return dialEnded(token, result)
        case .recorded(let token, let result): return recorded(token, result)
        case .activityEnded(let token): return activityEnded(token)
        case .replace(let actions): return replace(actions)
        }
    }

    // MARK: Documents

    private mutating func fetch(_ request: FlowRequest) -> [FlowCommand] {
        documents += 1
        silentDocuments += 1
        guard documents <= Self.documentLimit, silentDocuments <= Self.silentDocumentLimit else {
            return [.note("flow.loop", ["documents": .integer(Int64(documents))])] + apologise()
        }
        let token = tokens.next()
        state = .fetching(token)
        return [.fetch(request, token)]
    }

    private mutating func take(_ document: FlowDocument, _ token: FlowToken) -> [FlowCommand] {
        guard case .fetching(token) = state else { return [] }
        switch document {
        case .actions(let actions, let url):
            self.actions = actions[...]
            isOwnDocument = false
            documentURL = url
            return next()
        case .none where isInbound: return apologise()
        case .none:
            // The server only listens to events: an outbound call stays up without it.
            state = .resting
            return [.rest]
        case .failed: return apologise()
        }
    }

    /// A call that nobody steers says so and ends.
    private mutating func apologise() -> [FlowCommand] {
        actions = []
        let token = tokens.next()
        state = .apologising(token)
        return isAnswered ? [.apologise(token)] : [.answer]
    }

    private mutating func replace(_ actions: [VoiceAction]) -> [FlowCommand] {
        let commands = stopCurrent()
        self.actions = actions[...]
        isOwnDocument = true
        silentDocuments = 0
        return commands + next()
    }

    // MARK: Actions

    /// Begins the next action.
    private mutating func next() -> [FlowCommand] {
        guard let action = actions.first else { return finishDocument() }
        if !isAnswered, let early = early(action) { return early }
        actions.removeFirst()
        switch action {
        case .say(let say): return wait { .say(say, $0) }
        case .play(let play): return wait { .play(play, $0) }
        case .pause(let length): return noted(action) + wait { .wait(length, $0) }
        case .getDigits(let gather): return noted(action) + begin(Gathering(gather))
        case .dial(let dial): return begin(.dial(dial))
        case .record(let record): return begin(.record(record))
        case .conference(let conference): return begin(.conference(conference))
        case .stream(let stream): return begin(stream)
        case .redirect(let redirect):
            return noted(action) + fetch(FlowRequest(.redirect, url: redirect.url, method: redirect.method))
        case .reject, .hangup: return [.note("flow.hangup", [:])] + end(.normalClearing)
        }
    }

    /// What an action does to a call that still rings; nil for what may be done meanwhile.
    private mutating func early(_ action: VoiceAction) -> [FlowCommand]? {
        switch action {
        case .pause, .redirect, .dial: return nil
        case .reject(let reason): return refuse(reason)
        case .hangup: return refuse(.rejected)
        case .say, .play, .getDigits, .conference, .record, .stream:
            state = .answering
            return [.answer]
        }
    }

    private mutating func answered() -> [FlowCommand] {
        isAnswered = true
        switch state {
        case .answering: return next()
        case .apologising(let token): return [.apologise(token)]
        default: return []
        }
    }

    /// Begins what ends by itself.
    private mutating func wait(_ command: (FlowToken) -> FlowCommand) -> [FlowCommand] {
        silentDocuments = 0
        let token = tokens.next()
        state = .waiting(token)
        return [command(token)]
    }

    private mutating func begin(_ activity: FlowActivity) -> [FlowCommand] {
        silentDocuments = 0
        let token = tokens.next()
        state = .busy(activity, token)
        return [.begin(activity, token)]
    }

    /// A stream that the document does not wait for runs beside it.
    private mutating func begin(_ stream: StreamAction) -> [FlowCommand] {
        let commands = begin(.stream(stream))
        return stream.connects ? commands : commands + next()
    }

    private mutating func finishDocument() -> [FlowCommand] {
        if isOwnDocument {
            state = .resting
            return [.rest]
        }
        let note = FlowCommand.note("flow.finished", [:])
        if isAnswered { return [note] + end(.normalClearing) }
        // An empty document before the answer: nobody takes the call.
        state = .over
        return [note, .reject(.rejected)]
    }

    private mutating func refuse(_ reason: RejectReason) -> [FlowCommand] {
        state = .over
        return [.note("flow.reject", ["reason": .string(reason.rawValue)]), .reject(reason)]
    }

    /// An action that would be on the timeline by nothing else, without what it says or where it leads.
    private func noted(_ action: VoiceAction) -> [FlowCommand] {
        switch action {
        case .pause(let length): [.note("flow.pause", ["seconds": .integer(length.components.seconds)])]
        case .getDigits(let gather): [.note("flow.get_digits", ["digits": .integer(Int64(gather.numDigits))])]
        default: [.note("flow.\(action.verb)", [:])]
        }
    }

    private mutating func end(_ cause: HangupCause) -> [FlowCommand] {
        state = .over
        return [.hangUp(cause)]
    }

    // MARK: What ends

    private mutating func ended(_ token: FlowToken) -> [FlowCommand] {
        switch state {
        case .waiting(token): return next()
        case .apologising(token): return end(.normalTemporaryFailure)
        case .gathering(var gathering):
            let outcome = gathering.ended(token, &tokens)
            return follow(outcome, gathering)
        default: return []
        }
    }

    private mutating func pressed(_ key: Character) -> [FlowCommand] {
        guard case .gathering(var gathering) = state else { return [] }
        let outcome = gathering.pressed(key, &tokens)
        return follow(outcome, gathering)
    }

    private mutating func begin(_ started: Gathering) -> [FlowCommand] {
        silentDocuments = 0
        var gathering = started
        let outcome = gathering.begin(&tokens)
        return follow(outcome, gathering)
    }

    private mutating func follow(_ outcome: Gathering.Outcome, _ gathering: Gathering) -> [FlowCommand] {
        switch outcome {
        case .goesOn(let commands):
            state = .gathering(gathering)
            return commands
        case .collected(let digits, let commands):
            let note = FlowCommand.note("flow.digits", ["digits": .string(digits)])
            guard !digits.isEmpty, gathering.action.action != nil || documentURL != nil || hasURL else {
                return commands + (digits.isEmpty ? [] : [note]) + next()
            }
            return commands + [note] + fetch(FlowRequest(.digits(digits), url: gathering.action.action ?? documentURL))
        }
    }

    private mutating func dialEnded(_ token: FlowToken, _ result: DialResult) -> [FlowCommand] {
        guard case .busy(.dial(let dial), token) = state else { return [] }
        guard let url = dial.action else { return next() }
        return fetch(FlowRequest(.dialEnded(result), url: url))
    }

    private mutating func recorded(_ token: FlowToken, _ result: RecordResult) -> [FlowCommand] {
        guard case .busy(.record(let record), token) = state else { return [] }
        guard let url = record.action ?? documentURL, result.recordingID != nil else { return next() }
        return fetch(FlowRequest(.recorded(result), url: url, method: record.method))
    }

    private mutating func activityEnded(_ token: FlowToken) -> [FlowCommand] {
        guard case .busy(_, token) = state else { return [] }
        return next()
    }

    private mutating func stopCurrent() -> [FlowCommand] {
        switch state {
        case .waiting, .apologising, .gathering: [.stopSounds]
        case .busy(_, let token): [.stop(token)]
        case .idle, .answering, .fetching, .resting, .over: []
        }
    }
}
