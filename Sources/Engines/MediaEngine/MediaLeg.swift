import RTPWire
import Synchronization

/// A handle of one RTP leg. Every method only leaves a message for the media thread that the leg is on.
///
/// Messages take effect in the order in which they were left, also while the leg moves to another thread.
package final class MediaLeg: Sendable {
    /// Where messages go.
    struct Home {
        var thread: MediaThread
        var isClosed = false
    }

    /// The RTP port bound; RTCP is one above.
    package let localPort: Int
    /// Sound from outside for the peer.
    package let feed = MediaFeed()
    let id: Int
    let longestRecording: Duration
    let home: Mutex<Home>
    let placement: LegPlacement
    /// Counts what the leg was connected to, so that a connection that comes about late is not made any more.
    private let connections = Atomic<Int>(0)
    private let release: @Sendable () -> Void

    init(
        thread: MediaThread,
        placement: LegPlacement,
        localPort: Int,
        longestRecording: Duration,
        release: @escaping @Sendable () -> Void
    ) {
        id = placement.newID()
        home = Mutex(Home(thread: thread))
        self.placement = placement
        self.localPort = localPort
        self.longestRecording = longestRecording
        self.release = release
    }

    func open(
        rtp: Int32,
        rtcp: Int32,
        gate: (any PacketGate)?,
        onEvent: @escaping @Sendable (MediaEvent) -> Void
    ) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next() as UInt64, generator.next() as UInt64)
        let leg = LegState(
            id: id,
            port: localPort,
            rtp: rtp,
            rtcp: rtcp,
            random: random,
            feed: feed,
            gate: gate,
            onEvent: onEvent
        )
        return home.withLock { $0.thread.perform { $0.add(leg) } }
    }

    // MARK: Connections

    /// Starts sending and receiving as signalling agreed. Again for a changed description.
    package func connect(_ parameters: MediaParameters) {
        guard let host = UDPSocket.host(parameters.remoteHost) else { return }
        let remote = UDPSocket.address(host, parameters.remotePort)
        onLeg { leg, thread in
            leg.connect(parameters, to: remote, now: MediaThread.now())
            thread.forgetTranscoding(leg)
            thread.startBeating()
        }
    }

    /// Lets two peers hear each other, and nobody else; the leg moves to the thread of the other.
    package func bridge(to other: MediaLeg) {
        placement.change {
            let serials = (newConnection(), other.newConnection())
            move(to: other.home.withLock(\.thread))
            onLeg { [self] leg, thread in
                if let partner = thread.residents[other.id] {
                    link(leg, to: other, partner, on: thread, serials)
                } else {
                    // The other is still on its way.
                    other.onLeg { [self] partner, thread in
                        guard let leg = thread.residents[id] else { return }
                        link(leg, to: other, partner, on: thread, serials)
                    }
                }
            }
        }
    }

    /// Ends a bridge; either leg can do that.
    package func unbridge() {
        _ = newConnection()
        onLeg { leg, thread in thread.unlink(leg) }
    }

    private func link(
        _ leg: LegState,
        to other: MediaLeg,
        _ partner: LegState,
        on thread: MediaThread,
        _ serials: (Int, Int)
    ) {
        if isConnection(serials.0), other.isConnection(serials.1) { thread.link(leg, partner) }
    }

    func newConnection() -> Int {
        connections.add(1, ordering: .relaxed).newValue
    }

    private func isConnection(_ serial: Int) -> Bool {
        connections.load(ordering: .relaxed) == serial
    }

    func move(to target: MediaThread) {
        let id = id
        home.withLock { home in
            guard !home.isClosed, home.thread !== target else { return }
            // What was left before this goes along the old way, what is left later waits at the new home.
            home.thread.perform { thread in thread.run({ leg, thread in thread.send(leg, id, to: target) }, on: id) }
            home.thread = target
        }
    }

    /// Sends back what comes in.
    package func setEcho(_ isOn: Bool) {
        onLeg { leg, _ in leg.isEcho = isOn }
    }

    /// Loses this share of what is sent, for a sandbox that must be bad on purpose.
    package func setOutboundLoss(percent: Int) {
        onLeg { leg, _ in leg.outboundLossPercent = percent }
    }

    // MARK: The end

    /// The quality so far.
    package func statistics() async -> MediaStatistics {
        await ask(orElse: MediaStatistics()) { leg, answer in answer(leg.snapshot()) }
    }

    /// Closes the leg and frees its ports; returns the final quality.
    package func close() async -> MediaStatistics {
        await withCheckedContinuation { continuation in
            let isAccepted = post(isLast: true) { [release] leg, thread in
                let final = leg?.snapshot() ?? MediaStatistics()
                if let leg { thread.removeLeg(leg.slot) }
                release()
                continuation.resume(returning: final)
            }
            if !isAccepted { continuation.resume(returning: MediaStatistics()) }
        }
    }

    // MARK: Messages

    func onLeg(_ work: @escaping @Sendable (LegState, MediaThread) -> Void) {
        _ = post { leg, thread in
            if let leg { work(leg, thread) }
        }
    }

    /// Asks the thread; there is an answer even when the leg or the thread is gone.
    func ask<T: Sendable>(
        orElse gone: T,
        _ work: @escaping @Sendable (LegState, @escaping @Sendable (T) -> Void) -> Void
    ) async -> T {
        await withCheckedContinuation { continuation in
            let isAccepted = post { leg, _ in
                guard let leg else { return continuation.resume(returning: gone) }
                work(leg) { continuation.resume(returning: $0) }
            }
            if !isAccepted { continuation.resume(returning: gone) }
        }
    }

    func post(isLast: Bool = false, _ command: @escaping MediaThread.LegCommand) -> Bool {
        let id = id
        return home.withLock { home in
            guard !home.isClosed else { return false }
            home.isClosed = isLast
            return home.thread.perform { $0.run(command, on: id) }
        }
    }
}
