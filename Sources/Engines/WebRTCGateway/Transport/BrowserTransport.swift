package import MediaEngine
package import SDPWire
package import STUNWire
import Synchronization

/// The way between a browser and a leg: ICE and DTLS beside its sound, on one socket. It is the gate of the leg that is opened with it.
///
/// Unchecked: the agent is touched on the leg's media thread alone.
package final class BrowserTransport: PacketGate, @unchecked Sendable {
    /// Datagrams of a handshake that may wait; a flight has about four.
    private static let mostWaiting = 32

    private var agent: ICELiteAgent
    /// The time of the last thing that happened.
    private var latest = Duration.zero
    private let onNews: @Sendable (BrowserNews) -> Void
    private let inputs: AsyncStream<HandshakeInput>
    private let inbox: AsyncStream<HandshakeInput>.Continuation
    private let hasStarted = Atomic<Bool>(false)
    private let credentials: ICECredentials
    private let entry = Mutex<DoorEntry?>(nil)

    /// Makes a way that waits for checks.
    ///
    /// - Parameters:
    ///   - credentials: what checks must be signed with.
    ///   - onNews: called on the media thread or by the handshake: hand the news on and return.
    /// - Throws: `DTLSFault.unavailable` when OpenSSL does not work here.
    package init(
        _ credentials: ICECredentials,
        limits: ICELimits = ICELimits(),
        onNews: @escaping @Sendable (BrowserNews) -> Void
    ) throws(DTLSFault) {
        guard let agent = ICELiteAgent(credentials, limits: limits) else { throw .unavailable }
        self.agent = agent
        self.credentials = credentials
        self.onNews = onNews
        (inputs, inbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    deinit {
        inbox.finish()
        entry.withLock { $0?.leave() }
    }

    // MARK: Control

    /// Begins the handshake, or waits for it, once it is known what the browser's certificate is. What came before is not lost. Once
    /// for each transport.
    ///
    /// - Parameters:
    ///   - leg: the leg that was opened with this gate.
    ///   - clock: by which flights are sent again.
    package func shakeHands(
        _ role: DTLSRole,
        _ context: DTLSContext,
        peer fingerprints: [CertificateFingerprint],
        on leg: MediaLeg,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        precondition(!hasStarted.exchange(true, ordering: .relaxed), "one handshake for each transport")
        let runner = HandshakeRunner(
            role: role,
            context: context,
            fingerprints: fingerprints,
            inputs: inputs,
            again: inbox,
            clock: clock,
            transmit: { leg.transmit($0, to: $1) },
            tell: { [onNews] news in onNews(BrowserNews(news)) }
        )
        Task { await runner.run() }
    }

    /// Lets the browser come by connections, too, until `close`; before it can know our credentials.
    package func enter(by door: BrowserDoor, on leg: MediaLeg) {
        entry.withLock { $0 = DoorEntry(door, leg, credentials) }
    }

    /// Believes where a peer is that does without ICE: no check will tell. Who it is its handshake must prove all the same.
    package func trust(_ address: STUNAddress, on leg: MediaLeg) {
        leg.atGate { [self] isOpen in
            guard isOpen else { return }
            agent.trust(address)
            inbox.yield(.reachable(address))
        }
    }

    /// Takes new credentials after the browser has begun ICE anew; the former ones are good until it has chosen.
    package func restart(_ credentials: ICECredentials, on leg: MediaLeg) {
        entry.withLock { $0?.renew(credentials) }
        leg.atGate { [self] isOpen in
            // Without the library the former credentials stay, and the browser gives up.
            if isOpen { _ = agent.restart(credentials, at: latest) }
        }
    }

    /// What came of all datagrams of ICE.
    package func counters(on leg: MediaLeg) async -> ICECounters {
        await withCheckedContinuation { continuation in
            leg.atGate { [self] isOpen in continuation.resume(returning: isOpen ? agent.counters : ICECounters()) }
        }
    }

    /// Tells the browser that the call is over; before the leg is closed.
    package func close() {
        entry.withLock { entry in
            entry?.leave()
            entry = nil
        }
        inbox.yield(.close)
        inbox.finish()
    }

    // MARK: On the media thread

    /// Answers a check, or hands a record on to the handshake.
    package func receive(
        _ datagram: UnsafeRawBufferPointer,
        _ kind: DatagramKind,
        from source: STUNAddress,
        at now: UInt64,
        answer: UnsafeMutableRawBufferPointer
    ) -> GateReaction {
        guard kind == .stun else {
            if agent.isKnown(source) { inbox.yield(.datagram(unsafe Array(datagram), from: source)) }
            return reaction()
        }
        latest = .nanoseconds(now)
        let result = unsafe agent.receive(datagram, from: source, at: latest, answer: answer)
        tell(result.news)
        return reaction(answerByteCount: result.answerByteCount)
    }

    /// Notices when the browser is silent.
    package func beat(at now: UInt64) -> GateReaction {
        latest = .nanoseconds(now)
        tell(agent.tick(at: latest))
        return reaction()
    }

    /// Whether a good check came from an address.
    package func isKnown(_ address: STUNAddress) -> Bool { agent.isKnown(address) }

    private func reaction(answerByteCount: Int = 0) -> GateReaction {
        GateReaction(answerByteCount: answerByteCount, remote: agent.selected, maySend: agent.hasConsent)
    }

    private func tell(_ news: ICENews?) {
        switch news {
        case .nominated(let address):
            inbox.yield(.reachable(address))
            onNews(.nominated(address))
        case .consentLost: onNews(.consentLost)
        case .consentRegained: onNews(.consentRegained)
        case nil: break
        }
    }
}

extension BrowserNews {
    fileprivate init(_ news: DTLSStep.News) {
        switch news {
        case .established(let keys): self = .secured(keys)
        case .failed(let fault): self = .failed(fault)
        case .closed: self = .closed
        }
    }
}
