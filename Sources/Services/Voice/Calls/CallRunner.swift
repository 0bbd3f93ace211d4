import Logging
import MediaEngine
import Platform
import Primitives
import SDPWire
import SIPStack

/// Runs one call: takes signals one at a time, asks its machines what to do, and does it. The leg is `CallLeg`, what the customer
/// wants is `VoiceFlow`, and those whom the call dials are `DialGroup`.
actor CallRunner {
    /// How a call comes to be here.
    enum Origin: Sendable {
        /// The API placed it.
        case placed
        /// Another call dials it.
        case leg(LegParent, LegWay)
        /// It came in, and its signals have been gathered since.
        case offered(SIPSession, CallRouting)
        /// A device makes it, and its signals have been gathered since.
        case device(SIPSession)
        /// A device makes it to take the place of another call, and its signals have been gathered since.
        case replacing(SIPSession, CallRunner)

        /// Whether the INVITE came to us.
        var isOffered: Bool {
            switch self {
            case .offered, .device, .replacing: true
            case .placed, .leg: false
            }
        }

        /// The call that dialled this one.
        var parent: LegParent? {
            switch self {
            case .leg(let parent, _): parent
            case .placed, .offered, .device, .replacing: nil
            }
        }
    }

    nonisolated let call: Call
    let services: VoiceServices
    let inbox: CallInbox
    let origin: Origin
    let persistence: Persistence
    let logger: Logger
    var flow: VoiceFlow
    var session: SIPSession?
    /// All that the call was tried with: a session for each trunk.
    var sessions: [SIPSession] = []
    var media: CallMedia?
    var answeredAt: Timestamp?
    var dialling: Dialling?
    /// The call that dialled this one, as long as the two belong together.
    var parent: LegParent?
    /// Which REFERs of the call's telephone are taken.
    var desk = ReferralDesk()
    var referral: Referral?
    /// The transfer that the call's party is in.
    var kept: KeptParty?
    /// How often the conversation has been handed over.
    var transfers: Int
    /// What is being said or played.
    var sounding: Task<Void, Never>?
    /// What is played beside that.
    var besides: Task<Void, Never>?
    var membership: Membership?
    var recording: OngoingRecording?
    var recordVerb: RecordVerb?
    var streams: [FlowToken: LiveStream] = [:]
    /// Whether the call's voice URL was asked what to do, and so is told of the end.
    var hasAskedVoiceURL = false
    /// Keys that are put on the timeline; more than any caller presses.
    private static let notedKeys = 1000

    private var keys = 0
    private let signals: AsyncStream<CallSignal>
    private let journal: CallJournal
    private var leg = CallLeg()
    private(set) var ending: CallEnding?
    private var tasks: [Task<Void, Never>] = []
    private var timers: [CallTimer] = []

    /// - Parameter mailbox: where signals have been left already.
    init(
        call: Call,
        origin: Origin = .placed,
        services: VoiceServices,
        mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)? = nil
    ) {
        self.call = call
        self.origin = origin
        self.services = services
        var logger = services.context.logger
        logger[metadataKey: "call_id"] = "\(call.id)"
        self.logger = logger
        persistence = Persistence(logger: logger)
        journal = CallJournal(call.id, services, persistence)
        flow = VoiceFlow(
            isInbound: origin.isOffered,
            hasURL: call.voiceCallbackURL != nil,
            isAnswered: !origin.isOffered
        )
        parent = origin.parent
        transfers = origin.parent?.transfers ?? 0
        (inbox, signals) = mailbox ?? CallInbox.make(services.context.clock)
    }

    /// Asks for the call to end; from anywhere.
    ///
    /// - Parameter asker: who asks for it, if that is not the server itself.
    nonisolated func hangUp(_ cause: HangupCause, by asker: HangupAsker? = nil) {
        inbox.put(.hangUp(cause, by: asker))
    }

    /// Replaces what the call does; from anywhere.
    nonisolated func steer(_ actions: [VoiceAction]) {
        inbox.put(.flow(.replace(actions)))
    }

    /// Does something beside the flow; from anywhere.
    nonisolated func command(_ command: CallCommand) {
        inbox.put(.command(command))
    }

    /// Stores what waits to be stored.
    nonisolated func writeJournal() async {
        await journal.write()
    }

    /// Dials or rings, and returns when the call is settled and its recording is on its way to the store.
    func run() async {
        switch origin {
        case .placed, .leg: await dial()
        case .offered(let session, _), .device(let session), .replacing(let session, _): await take(session)
        }
        if !leg.isOver {
            for await signal in signals {
                await handle(signal)
                if leg.isOver { break }
            }
        }
        inbox.close()
        sounding?.cancel()
        besides?.cancel()
        for task in tasks { task.cancel() }
        timers = []
        await finish()
    }

    /// Whether the call is answered and goes on.
    var isUp: Bool { answeredAt != nil && !leg.isOver }

    var isOver: Bool { leg.isOver }

    func note(_ kind: String, _ payload: JSONValue = [:], at moment: Timestamp, _ event: CallEvent? = nil) async {
        await journal.append(kind, payload, at: moment, event)
    }

    // MARK: Signals

    private func handle(_ signal: CallSignal) async {
        switch signal.kind {
        case .sip(let event): await handle(event, at: signal.at)
        case .media(let event): await handle(event, at: signal.at)
        case .hangUp(let cause, let asker):
            if let asker { await note("call.hangup", ["by": .string(asker.rawValue)], at: signal.at) }
            await perform(.hangUp(cause), at: signal.at)
        case .reoffered(let audio): await follow(audio, at: signal.at)
        case .browser(let news): await hear(news, at: signal.at)
        case .handshakeDue: await endUnsecured(at: signal.at)
        case .flow(.replace(let actions)):
            await leaveConversation()
            await steer(.replace(actions), at: signal.at)
        case .flow(let event): await steer(event, at: signal.at)
        case .command(let command): await carryOut(command, at: signal.at)
        case .stream(let token, let report): await handle(report, of: token, at: signal.at)
        case .streamEnded(let token, let end): await ended(token, end, at: signal.at)
        case .leg(let id, let news): await hear(news, of: id, at: signal.at)
        case .referred(let referral): await take(referral, at: signal.at)
        case .keep(let order): await keep(order, at: signal.at)
        case .transfer(let news): await hear(news, at: signal.at)
        }
    }

    private func handle(_ event: SessionEvent, at moment: Timestamp) async {
        switch event {
        case .provisional(let status, let body):
            let hasEarlyMedia = !body.isEmpty && media?.connect(body) == true
            tellParent(hasEarlyMedia ? media.map { .earlyMedia(LegSound($0)) } : .ringing)
            await perform(.provisional(status: status, hasEarlyMedia: hasEarlyMedia), at: moment)
        case .answered(let body):
            await perform(media?.connect(body) == true ? .answered : .incompatible, at: moment)
        case .acknowledged(let body):
            // The answer to our offer, when the INVITE had none.
            if !body.isEmpty, media?.connect(body) == false {
                await perform(.hangUp(.incompatibleDestination), at: moment)
            }
        // The peer may have another key, or be elsewhere; what cannot be used leaves all as it was.
        case .refreshed(let body): if !body.isEmpty { _ = media?.connect(body) }
        case .failed(let failure): await perform(.failed(failure), at: moment)
        case .ended(let end): await perform(.ended(end), at: moment)
        case .info(let contentType, let body):
            guard let key = InfoDigit.key(contentType: contentType, body: body) else { return }
            await pressed(key, by: "info", at: moment)
        }
    }

    private func handle(_ event: MediaEvent, at moment: Timestamp) async {
        switch event {
        case .firstPacket: await note("media.first_packet", at: moment)
        case .digit(let key): await pressed(key, by: "rtp", at: moment)
        case .playFinished(let id):
            if !beepEnded(id) { await steer(.soundEnded(FlowToken(number: id)), at: moment) }
        case .silenceDetected: await endRecord(at: moment)
        case .recordingLimitReached(let id):
            if id == OngoingRecording.Slot.verb.rawValue { await endRecord(at: moment) }
        case .digitsSent: await note("media.digits_sent", at: moment)
        case .markPlayed(let name): await streamsPlayed(name)
        case .speechDetected: break
        case .unprotected: await perform(.hangUp(.networkOutOfOrder), at: moment)
        case .silence: if media?.isOnHold == false { await perform(.silence, at: moment) }
        }
    }

    private func pressed(_ key: Character, by way: String, at moment: Timestamp) async {
        keys += 1
        if keys <= Self.notedKeys {
            await note("media.digit", ["digit": .string(String(key)), "way": .string(way)], at: moment)
        }
        collect(key)
        await streamsPressed(key)
        if endsRecord(key) { await endRecord(digits: String(key), at: moment) }
        await steer(.digit(key), at: moment)
    }

    private func follow(_ audio: LegAudio, at moment: Timestamp) async {
        let wasOnHold = media?.isOnHold
        media?.follow(audio)
        guard let isOnHold = media?.isOnHold, isOnHold != wasOnHold else { return }
        await note(isOnHold ? "sip.held" : "sip.resumed", at: moment)
    }

    // MARK: The leg

    func perform(_ event: LegEvent, at moment: Timestamp) async {
        for action in leg.handle(event) {
            switch action {
            case .invite(let route): invite(route)
            case .ring: session?.ring()
            case .answer: answerOffer()
            case .refuse(let status): session?.reject(status: status)
            case .hangUp(let cause): session?.hangUp(q850: cause.q850)
            case .connect: await connected(at: moment)
            case .note(let kind, let payload, let change):
                if change == .answered { answeredAt = moment }
                await note(kind, payload, at: moment, change)
            case .settle(let cause, let status):
                ending = CallEnding(cause: cause, endedAt: moment, sipStatus: status)
            }
        }
    }

    private func connected(at moment: Timestamp) async {
        if media?.awaitsKeys == true { after(services.configuration.handshakeLimit, .handshakeDue) }
        if call.record { await startRecording(.call, call.recordingChannels, at: moment) }
        after(services.configuration.longestCall, .hangUp(.maxDuration))
        if let limit = call.timeLimit { after(limit.length, .hangUp(limit.cause)) }
        switch origin {
        case .offered, .device, .replacing: await steer(.answered, at: moment)
        case .leg(let parent, _): await steer(.begin(parent.whisper), at: moment)
        case .placed where !call.actions.isEmpty: await steer(.begin(call.actions), at: moment)
        case .placed: if call.voiceCallbackURL != nil { await steer(.beginAtURL, at: moment) }
        }
    }

    func tellParent(_ news: LegNews?) {
        if let parent, let news { parent.tell(news) }
    }

    // MARK: Later

    func after(_ wait: Duration, _ kind: CallSignal.Kind) {
        timers.removeAll(where: \.isOver)
        timers.append(CallTimer(after: wait) { [inbox] in inbox.put(kind) })
    }

    /// Does something beside the call, at most until it ends.
    func meanwhile(_ work: @escaping @Sendable () async -> Void) {
        tasks.append(Task(executorPreference: services.executor) { await work() })
    }

    // MARK: The end

    private func finish() async {
        let ending = ending ?? CallEnding(cause: .networkOutOfOrder, endedAt: services.context.clock.now())
        tellParent(.ended(ending.cause))
        await leaveTransfer(at: ending.endedAt)
        giveUpLegs()
        for session in sessions { services.calls.disown(session) }
        await leaveConference()
        let ended = await endStreams(at: ending.endedAt)
        if let quality = await media?.leg.statistics() {
            VoiceMetrics.media(quality)
            if answeredAt != nil || quality.received > 0 {
                await note("media.quality", quality.json, at: ending.endedAt)
            }
        }
        await noteLadder(at: ending.endedAt)
        // The disk does not hold up the money: the files are completed meanwhile.
        async let closed = closeMedia()
        let rest = await journal.takeRest()
        let settled = await persistence.untilStored("settlement") { [services, call, answeredAt] in
            try await SettleCall(services.context)(
                callID: call.id,
                ending: ending,
                steps: rest,
                answeredAt: answeredAt
            )
        }
        if let settled { VoiceMetrics.finished(settled) }
        await keep(closed)
        await tellOfEnds(of: ended)
        if hasAskedVoiceURL, let url = call.voiceCallbackURL { await tell(.ended, at: url) }
        await storeLateSteps()
    }

    /// What has happened since the call was settled.
    private func storeLateSteps() async {
        let late = await journal.takeRest()
        if late.isEmpty { return }
        _ = await persistence.untilStored("progress") { [services, call] in
            try await RecordProgress(services.context)(callID: call.id, steps: late)
        }
    }

    private func noteLadder(at moment: Timestamp) async {
        var rungs: [JSONValue] = []
        for session in sessions { rungs += await session.ladder().map(\.json) }
        if !rungs.isEmpty { await note("sip.ladder", ["messages": .array(rungs)], at: moment) }
    }

    private func closeMedia() async -> CompletedRecordings {
        guard let media else { return CompletedRecordings() }
        let completed = await completeRecordings(of: media.leg)
        await media.close()
        return completed
    }
}
