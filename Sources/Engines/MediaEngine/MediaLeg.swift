import CSockets
import Glibc
import RTPWire
import Synchronization

/// A handle of one RTP leg. Every method only leaves a message for the media thread.
package final class MediaLeg: Sendable {
    /// The RTP port bound; RTCP is one above.
    package let localPort: Int
    private let thread: MediaThread
    private let slot = Atomic<Int>(-1)
    private let longestRecording: Duration
    private let release: @Sendable () -> Void

    init(thread: MediaThread, localPort: Int, longestRecording: Duration, release: @escaping @Sendable () -> Void) {
        self.thread = thread
        self.localPort = localPort
        self.longestRecording = longestRecording
        self.release = release
    }

    func open(rtp: Int32, rtcp: Int32, onEvent: @escaping @Sendable (MediaEvent) -> Void) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next() as UInt64, generator.next() as UInt64)
        let port = localPort
        return thread.perform { [self] thread in
            thread.addLeg { slot in
                self.slot.store(slot, ordering: .relaxed)
                return LegState(slot: slot, port: port, rtp: rtp, rtcp: rtcp, random: random, onEvent: onEvent)
            }
        }
    }

    /// Starts sending and receiving as signalling agreed. Again for a changed description.
    package func connect(_ parameters: MediaParameters) {
        onLeg { leg, thread in
            guard let host = UDPSocket.host(parameters.remoteHost) else { return }
            leg.parameters = parameters
            leg.release()
            leg.remote = UDPSocket.address(host, parameters.remotePort)
            leg.signalled = leg.remote
            leg.remoteRTCP = UDPSocket.address(host, parameters.remotePort + 1)
            leg.isLatched = false
            leg.lastHeard = MediaThread.now()
            leg.nextReport = leg.lastHeard + 1_000_000_000
            thread.startBeating()
        }
    }

    /// Plays something `loops` times, after what is playing; `playFinished(id:)` follows.
    package func play(_ source: AudioSource, loops: Int = 1, id: Int = 0) {
        let sound = source.sound
        onLeg { leg, _ in leg.player.add(sound, loops: loops, id: id) }
    }

    /// Stops all playing; each thing stopped reports its end.
    package func stopPlaying() {
        onLeg { leg, _ in
            for id in leg.player.stop() { leg.onEvent(.playFinished(id: id)) }
        }
    }

    /// Presses keys, of `0123456789*#ABCD`.
    package func sendDigits(_ digits: String) {
        onLeg { leg, _ in leg.keys.add(digits) }
    }

    /// Sends back what comes in.
    package func setEcho(_ isOn: Bool) {
        onLeg { leg, _ in leg.isEcho = isOn }
    }

    /// Loses this share of what is sent, for a sandbox that must be bad on purpose.
    package func setOutboundLoss(percent: Int) {
        onLeg { leg, _ in leg.outboundLossPercent = percent }
    }

    /// Connects two legs of one thread, both ways.
    ///
    /// - Returns: false when the legs belong to different threads.
    package func bridge(to other: MediaLeg) -> Bool {
        guard thread === other.thread else { return false }
        onLeg { leg, thread in
            let slot = other.slot.load(ordering: .relaxed)
            guard thread.legs.indices.contains(slot), let partner = thread.legs[slot] else { return }
            leg.bridge = partner.slot
            partner.bridge = leg.slot
        }
        return true
    }

    /// Records both sides and their mix from now on.
    package func startRecording(_ files: RecordingFiles) {
        let limit = Int(longestRecording.components.seconds) * ToneGenerator.sampleRate
        let writer = RecordingWriter(files)
        onLeg { leg, _ in leg.recorder = Recorder(writer: writer, limit: limit) }
    }

    /// Completes the recording; nil when there was none.
    package func stopRecording() async -> RecordingSummary? {
        await withCheckedContinuation { continuation in
            ask(continuation, orElse: nil) { leg, continuation in
                guard var recorder = leg.recorder else { return continuation.resume(returning: nil) }
                leg.recorder = nil
                recorder.finish { continuation.resume(returning: $0) }
            }
        }
    }

    /// The quality so far.
    package func statistics() async -> MediaStatistics {
        await withCheckedContinuation { continuation in
            ask(continuation, orElse: MediaStatistics()) { leg, continuation in
                continuation.resume(returning: leg.snapshot())
            }
        }
    }

    /// Closes the leg and frees its ports; returns the final quality.
    package func close() async -> MediaStatistics {
        await withCheckedContinuation { continuation in
            ask(continuation, orElse: MediaStatistics()) { [self] leg, continuation in
                let final = leg.snapshot()
                thread.removeLeg(leg.slot)
                slot.store(-1, ordering: .relaxed)
                release()
                continuation.resume(returning: final)
            }
        }
    }

    private func onLeg(_ work: @escaping @Sendable (LegState, MediaThread) -> Void) {
        thread.perform { [self] thread in
            let slot = slot.load(ordering: .relaxed)
            guard thread.legs.indices.contains(slot), let leg = thread.legs[slot] else { return }
            work(leg, thread)
        }
    }

    /// Asks the thread; the continuation is resumed even when the leg or the thread is gone.
    private func ask<T: Sendable>(
        _ continuation: CheckedContinuation<T, Never>,
        orElse gone: T,
        _ work: @escaping @Sendable (LegState, CheckedContinuation<T, Never>) -> Void
    ) {
        let isAccepted = thread.perform { [self] thread in
            let slot = slot.load(ordering: .relaxed)
            guard thread.legs.indices.contains(slot), let leg = thread.legs[slot] else {
                return continuation.resume(returning: gone)
            }
            work(leg, continuation)
        }
        if !isAccepted { continuation.resume(returning: gone) }
    }
}
