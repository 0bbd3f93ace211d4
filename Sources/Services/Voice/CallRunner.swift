import Logging
import MediaEngine
import Platform
import Primitives
import SDPWire
import SIPStack
import SIPWire

/// Runs one call: takes signals one at a time, asks the leg what to do, and does it.
actor CallRunner {
    private let call: Call
    private let services: VoiceServices
    private let signals: AsyncStream<CallSignal>
    private let inbox: AsyncStream<CallSignal>.Continuation
    private let logger: Logger
    private var leg = CallLeg()
    private var flow: VoiceFlow
    /// Steps on their way to the database: kept, in order, while it cannot be reached.
    private var steps: [RecordProgress.Step] = []
    private var session: SIPSession?
    private var media: MediaLeg?
    private var answeredAt: Timestamp?
    private var ending: CallEnding?
    private var timers: [Task<Void, Never>] = []

    init(call: Call, services: VoiceServices) {
        self.call = call
        self.services = services
        var logger = services.context.logger
        logger[metadataKey: "call_id"] = "\(call.id)"
        self.logger = logger
        flow = VoiceFlow(call.actions)
        (signals, inbox) = AsyncStream.makeStream(of: CallSignal.self)
    }

    /// Asks for the call to end; from anywhere.
    nonisolated func hangUp(_ cause: HangupCause) {
        inbox.yield(CallSignal(kind: .hangUp(cause), at: services.context.clock.now()))
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
        inbox.finish()
        for timer in timers { timer.cancel() }
        await finish()
    }

    // MARK: Beginning

    private func dial() async {
        let trunks: [Trunk]
        do {
            media = try services.media.openLeg { [inbox, services] event in
                inbox.yield(CallSignal(kind: .media(event), at: services.context.clock.now()))
            }
            trunks = try await ListTrunks(services.context).matching(call.to)
        } catch is MediaError {
            return await perform(.noMediaPort, at: services.context.clock.now())
        } catch {
            logger.error("trunks could not be read", metadata: ["error": "\(error)"])
            return await perform(.hangUp(.normalTemporaryFailure), at: services.context.clock.now())
        }
        await perform(.dial(trunks), at: services.context.clock.now())
    }

    private func invite(_ trunk: Trunk) {
        guard let media else { return }
        let domain = services.configuration.sipDomain
        let offer = OfferAnswer.offer(endpoint(media))
        let identity = SIPURI(user: call.callerID, host: domain)
        let uri = SIPURI(
            user: call.to,
            host: trunk.host,
            port: trunk.port,
            parameters: SIPParameters([("user", "phone")])
        )
        let target = SIPTarget(host: trunk.host, port: trunk.port, transport: trunk.transport == .udp ? .udp : .tcp)
        var invitation = OutgoingInvitation(
            uri: uri,
            from: NameAddress(uri: identity),
            to: NameAddress(uri: SIPURI(user: call.to, host: domain)),
            target: target,
            offer: offer.bytes,
            ringTimeout: call.ringTimeout
        )
        invitation.extraHeaders = [SIPHeaderField(.pAssertedIdentity, "<\(identity.text)>")]
        if let username = trunk.username, let password = trunk.password {
            invitation.account = DigestAccount(username: username, password: password)
        }
        session = services.agent.invite(invitation) { [inbox, services] event in
            inbox.yield(CallSignal(kind: .sip(event), at: services.context.clock.now()))
        }
    }

    private func endpoint(_ media: MediaLeg) -> AudioEndpoint {
        AudioEndpoint(
            address: services.configuration.mediaHost,
            port: media.localPort,
            sessionID: UInt64(call.createdAt.millisecondsSinceEpoch.magnitude)
        )
    }

    // MARK: Signals

    private func handle(_ signal: CallSignal) async {
        switch signal.kind {
        case .sip(let event): await handle(event, at: signal.at)
        case .media(let event): await handle(event, at: signal.at)
        case .hangUp(let cause): await perform(.hangUp(cause), at: signal.at)
        case .pauseOver: await advanceFlow(at: signal.at)
        case .retry: await flush()
        }
    }

    private func handle(_ event: SessionEvent, at moment: Timestamp) async {
        switch event {
        case .provisional(let status, let body):
            await perform(.provisional(status: status, hasEarlyMedia: !body.isEmpty), at: moment)
        case .answered(let body):
            let isUsable = connectMedia(body)
            await perform(isUsable ? .answered : .incompatible, at: moment)
        case .failed(let failure): await perform(.failed(failure), at: moment)
        case .ended(let end): await perform(.ended(end), at: moment)
        case .acknowledged, .info: break
        }
    }

    private func handle(_ event: MediaEvent, at moment: Timestamp) async {
        switch event {
        case .firstPacket: note("media.first_packet", [:], at: moment)
        case .digit(let key): note("media.digit", ["digit": .string(String(key))], at: moment)
        case .playFinished: return await advanceFlow(at: moment)
        case .silence: return await perform(.hangUp(.mediaTimeout), at: moment)
        }
        await flush()
    }

    private func perform(_ event: LegEvent, at moment: Timestamp) async {
        for action in leg.handle(event) {
            switch action {
            case .invite(let trunk): invite(trunk)
            case .hangUp(let cause): session?.hangUp(q850: cause.q850)
            case .connect: await connected(at: moment)
            case .note(let kind, let payload, let change):
                if change == .answered { answeredAt = moment }
                steps.append(RecordProgress.Step(kind, payload, at: moment, event: change))
            case .settle(let cause, let status):
                ending = CallEnding(cause: cause, endedAt: moment, sipStatus: status)
            }
        }
        if !leg.isOver { await flush() }
    }

    // MARK: The answered call

    /// Starts media as the answer says; false when it says nothing we can use.
    private func connectMedia(_ body: [UInt8]) -> Bool {
        guard let media, let answer = try? SessionDescription(parsing: body),
            let audio = OfferAnswer.read(answer: answer)
        else { return false }
        media.connect(MediaParameters(audio))
        session?.answerOffers { [services, endpoint = endpoint(media)] offer in
            guard let offer = try? SessionDescription(parsing: offer),
                let (answer, audio) = OfferAnswer.answer(offer, endpoint)
            else { return nil }
            _ = services
            media.connect(MediaParameters(audio))
            return answer.bytes
        }
        return true
    }

    private func connected(at moment: Timestamp) async {
        if call.record { media?.startRecording(recordingFiles.absolute) }
        after(services.configuration.longestCall, .hangUp(.maxDuration))
        await advanceFlow(at: moment)
    }

    private func advanceFlow(at moment: Timestamp) async {
        guard answeredAt != nil, !leg.isOver else { return }
        switch flow.next() {
        case .play(let sound, let loops):
            note("flow.play", ["url": .string(sound.url)], at: moment)
            if let source = await services.prompts.source(of: sound) {
                media?.play(source, loops: loops)
            } else {
                note("flow.play_failed", ["url": .string(sound.url)], at: moment)
                await advanceFlow(at: moment)
            }
        case .wait(let length): after(length, .pauseOver)
        case .hangUp: await perform(.hangUp(.normalClearing), at: moment)
        case .done: break
        }
    }

    private func after(_ wait: Duration, _ kind: CallSignal.Kind) {
        timers.append(
            Task { [inbox, services] in
                do { try await Task.sleep(for: wait) } catch { return }
                inbox.yield(CallSignal(kind: kind, at: services.context.clock.now()))
            }
        )
    }

    private func note(_ kind: String, _ payload: JSONValue, at moment: Timestamp) {
        steps.append(RecordProgress.Step(kind, payload, at: moment))
    }

    /// Stores the steps; when the database is away the call goes on and they are tried again.
    private func flush() async {
        do {
            try await storeSteps()
        } catch {
            logger.warning("a call's steps wait for the database", metadata: ["error": "\(error)"])
            after(.seconds(1), .retry)
        }
    }

    private func storeSteps() async throws {
        guard !steps.isEmpty else { return }
        let waiting = steps
        steps = []
        do {
            try await RecordProgress(services.context)(callID: call.id, steps: waiting)
        } catch {
            steps = waiting + steps
            throw error
        }
    }

    // MARK: The end

    private func finish() async {
        let now = services.context.clock.now()
        let recording = await media?.stopRecording()
        if let quality = await media?.close(), answeredAt != nil { note("media.quality", quality.json, at: now) }
        await untilStored("settlement") { [self] in
            try await storeSteps()
            try await SettleCall(services.context)(
                callID: call.id,
                ending: ending ?? CallEnding(cause: .networkOutOfOrder, endedAt: now),
                answeredAt: answeredAt
            )
        }
        guard let recording else { return }
        if let failure = recording.failure {
            logger.error("a recording is not whole", metadata: ["error": "\(failure)"])
        }
        await untilStored("recording") { [self] in
            try await SaveRecording(services.context)(
                callID: call.id,
                file: recordingFiles.mixName,
                duration: recording.duration,
                sizeBytes: Int64(recording.mixByteCount),
                publicURL: services.configuration.publicURL
            )
        }
    }

    /// Tries until the database takes it. Only the process's end stops it, and then the node's heartbeat stops too.
    private func untilStored(_ what: String, _ work: () async throws -> Void) async {
        var wait: Duration = .milliseconds(50)
        while true {
            do { return try await work() } catch {
                logger.error("a call's \(what) waits for the database", metadata: ["error": "\(error)"])
                do { try await Task.sleep(for: wait) } catch { return }
                wait = min(wait * 2, .seconds(5))
            }
        }
    }

    private var recordingFiles: RecordingNames {
        RecordingNames(call: call, folder: services.configuration.recordingsFolder)
    }
}
