import Logging
import MediaEngine
import Platform
import Primitives
import SDPWire
import SIPStack
import Sound

/// Runs one call: takes signals one at a time, asks the leg what to do, and does it.
actor CallRunner {
    nonisolated let call: Call
    private let services: VoiceServices
    private let signals: AsyncStream<CallSignal>
    private let inbox: CallInbox
    private let logger: Logger
    private let persistence: Persistence
    private let journal: CallJournal
    private var leg = CallLeg()
    private var flow: VoiceFlow
    private var session: SIPSession?
    private var media: CallMedia?
    private var answeredAt: Timestamp?
    private var ending: CallEnding?
    private var timers: [Task<Void, Never>] = []

    init(call: Call, services: VoiceServices) {
        self.call = call
        self.services = services
        var logger = services.context.logger
        logger[metadataKey: "call_id"] = "\(call.id)"
        self.logger = logger
        persistence = Persistence(logger: logger)
        journal = CallJournal(call.id, services, persistence)
        flow = VoiceFlow(call.actions)
        (inbox, signals) = CallInbox.make(services.context.clock)
    }

    /// Asks for the call to end; from anywhere.
    nonisolated func hangUp(_ cause: HangupCause) {
        inbox.put(.hangUp(cause))
    }

    /// Stores what waits to be stored.
    nonisolated func writeJournal() async {
        await journal.write()
    }

    /// Dials, and returns when the call is settled and its recording known.
    func run() async {
        await dial()
        if !leg.isOver {
            for await signal in signals {
                await handle(signal)
                if leg.isOver { break }
            }
        }
        inbox.close()
        for timer in timers { timer.cancel() }
        await finish()
    }

    private func note(_ kind: String, _ payload: JSONValue, at moment: Timestamp, _ event: CallEvent? = nil) async {
        await journal.append(kind, payload, at: moment, event)
    }

    // MARK: Beginning

    private func dial() async {
        let now = services.context.clock.now()
        do {
            let opened = try services.media.openLeg { [inbox] in inbox.put(.media($0)) }
            media = CallMedia(
                opened,
                host: services.configuration.mediaHost,
                sessionID: UInt64(call.createdAt.millisecondsSinceEpoch.magnitude)
            )
            await perform(
                .dial(try await ListTrunks(services.context).matching(call.to, workspaceID: call.workspaceID)),
                at: now
            )
        } catch is MediaError {
            await perform(.noMediaPort, at: now)
        } catch {
            logger.error("trunks could not be read", metadata: ["error": "\(error)"])
            await perform(.hangUp(.normalTemporaryFailure), at: now)
        }
    }

    private func invite(_ trunk: Trunk) {
        guard let offers = media?.offers else { return }
        media?.startOver()
        let invitation = OutgoingInvitation(
            call,
            over: trunk,
            domain: services.configuration.sipDomain,
            offer: offers.offer
        )
        session = services.agent.invite(invitation) { [inbox] in inbox.put(.sip($0)) }
        session?.answerOffers { [inbox] offer in
            guard let (body, audio) = offers.answer(offer) else { return nil }
            inbox.put(.reoffered(audio))
            return body
        }
    }

    // MARK: Signals

    private func handle(_ signal: CallSignal) async {
        switch signal.kind {
        case .sip(let event): await handle(event, at: signal.at)
        case .media(let event): await handle(event, at: signal.at)
        case .hangUp(let cause): await perform(.hangUp(cause), at: signal.at)
        case .reoffered(let audio): await follow(audio, at: signal.at)
        case .pauseOver: await advanceFlow(at: signal.at)
        }
    }

    private func handle(_ event: SessionEvent, at moment: Timestamp) async {
        switch event {
        case .provisional(let status, let body):
            let hasEarlyMedia = !body.isEmpty && media?.connect(body) == true
            await perform(.provisional(status: status, hasEarlyMedia: hasEarlyMedia), at: moment)
        case .answered(let body):
            await perform(media?.connect(body) == true ? .answered : .incompatible, at: moment)
        case .failed(let failure): await perform(.failed(failure), at: moment)
        case .ended(let end): await perform(.ended(end), at: moment)
        case .acknowledged, .info: break
        }
    }

    private func handle(_ event: MediaEvent, at moment: Timestamp) async {
        switch event {
        case .firstPacket: await note("media.first_packet", [:], at: moment)
        case .digit(let key): await note("media.digit", ["digit": .string(String(key))], at: moment)
        case .playFinished: await advanceFlow(at: moment)
        case .silence: if media?.isOnHold == false { await perform(.silence, at: moment) }
        }
    }

    private func follow(_ audio: NegotiatedAudio, at moment: Timestamp) async {
        let wasOnHold = media?.isOnHold
        media?.follow(audio)
        guard let isOnHold = media?.isOnHold, isOnHold != wasOnHold else { return }
        await note(isOnHold ? "sip.held" : "sip.resumed", [:], at: moment)
    }

    private func perform(_ event: LegEvent, at moment: Timestamp) async {
        for action in leg.handle(event) {
            switch action {
            case .invite(let trunk): invite(trunk)
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

    // MARK: The answered call

    private func connected(at moment: Timestamp) async {
        if call.record { media?.leg.startRecording(recordingFiles.absolute) }
        after(services.configuration.longestCall, .hangUp(.maxDuration))
        if let limit = call.timeLimit { after(limit.length, .hangUp(limit.cause)) }
        await advanceFlow(at: moment)
    }

    private func advanceFlow(at moment: Timestamp) async {
        guard answeredAt != nil, !leg.isOver else { return }
        switch flow.next() {
        case .play(let sound, let loops):
            await note("flow.play", ["url": .string(sound.url)], at: moment)
            do {
                let source = try await services.sounds.sound(sound, workspaceID: call.workspaceID)
                media?.leg.play(source, loops: loops)
            } catch {
                let reason = JSONValue.string(error.description)
                await note("flow.play_failed", ["url": .string(sound.url), "reason": reason], at: moment)
                await advanceFlow(at: moment)
            }
        case .wait(let length): after(length, .pauseOver)
        case .hangUp: await perform(.hangUp(.normalClearing), at: moment)
        case .done: break
        }
    }

    private func after(_ wait: Duration, _ kind: CallSignal.Kind) {
        timers.append(
            Task(executorPreference: services.executor) { [inbox] in
                do { try await Task.sleep(for: wait) } catch { return }
                inbox.put(kind)
            }
        )
    }

    // MARK: The end

    private func finish() async {
        let ending = ending ?? CallEnding(cause: .networkOutOfOrder, endedAt: services.context.clock.now())
        if let quality = await media?.leg.statistics() {
            VoiceMetrics.media(quality)
            if answeredAt != nil || quality.received > 0 {
                await note("media.quality", quality.json, at: ending.endedAt)
            }
        }
        // The disk does not hold up the money: the files are completed meanwhile.
        async let recording = closeMedia()
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
        if let recording = await recording { await save(recording) }
    }

    private func closeMedia() async -> RecordingSummary? {
        let recording = await media?.leg.stopRecording()
        _ = await media?.leg.close()
        return recording
    }

    private func save(_ recording: RecordingSummary) async {
        if let failure = recording.failure {
            logger.error("a recording is not whole", metadata: ["error": "\(failure)"])
        }
        await persistence.untilStored("recording") { [services, call, recordingFiles] in
            try await SaveRecording(services.context)(
                callID: call.id,
                file: recordingFiles.mixName,
                duration: recording.duration,
                sizeBytes: Int64(recording.mixByteCount),
                publicURL: services.configuration.publicURL
            )
        }
    }

    private var recordingFiles: RecordingNames {
        RecordingNames(call: call, folder: services.configuration.recordingsFolder)
    }
}
