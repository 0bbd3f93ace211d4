import CSockets
import Glibc
import RTPWire

/// A leg as its media thread sees it. Lives on that thread alone.
final class LegState {
    let slot: Int
    let port: Int
    let rtp: Int32
    let rtcp: Int32
    let ssrc: UInt32
    let onEvent: @Sendable (MediaEvent) -> Void

    var parameters: MediaParameters?
    /// Where packets go: what signalling said, then where packets come from (symmetric RTP).
    var remote = sockaddr_in()
    var remoteRTCP = sockaddr_in()
    /// Where signalling said the peer is: always believed.
    var signalled = sockaddr_in()
    var isLatched = false
    /// Whether the kernel itself keeps the socket to `remote`: it then knows the way to send without looking for it each
    /// time, and drops what others send. Only while the peer is where signalling said, and heard.
    var isFixed = false
    /// Packets in a row from where signalling said.
    var steadyPackets = 0
    var remoteSSRC: UInt32?
    /// The thread's turn in which this leg was read last, and whether it has more than a packet at a time.
    var lastTurn: UInt64 = 0
    var isBursting = false
    /// The slot of the leg that hears what this one receives; -1 for none.
    var bridge = -1
    var isEcho = false
    var outboundLossPercent = 0
    var lossGenerator: UInt64

    var sequence: UInt16
    var timestamp: UInt32
    var isTalking = false
    var packetsSent: UInt64 = 0
    var payloadBytesSent: UInt64 = 0
    var dropped: UInt64 = 0
    var statistics = ReceiverStatistics()
    var detector = DigitDetector()
    var lastHeard: UInt64 = 0
    var hasReportedSilence = false

    var player = Player()
    var keys = KeySender()
    var keyTimestamp: UInt32 = 0
    var recorder: Recorder?

    var lastSenderReport: UInt32 = 0
    var lastSenderReportArrival: UInt64 = 0
    var roundTrip: UInt32?
    var remoteLoss: (lost: Int32, highest: UInt32)?
    var nextReport: UInt64 = 0

    init(
        slot: Int,
        port: Int,
        rtp: Int32,
        rtcp: Int32,
        random: (UInt64, UInt64),
        onEvent: @escaping @Sendable (MediaEvent) -> Void
    ) {
        self.slot = slot
        self.port = port
        self.rtp = rtp
        self.rtcp = rtcp
        self.onEvent = onEvent
        ssrc = UInt32(truncatingIfNeeded: random.0)
        sequence = UInt16(truncatingIfNeeded: random.0 >> 32)
        timestamp = UInt32(truncatingIfNeeded: random.1)
        lossGenerator = random.1 | 1
    }

    /// Whether this leg makes packets of its own: it is connected, and nobody else's sound goes to it.
    var isGenerating: Bool { parameters != nil && bridge < 0 && !isEcho }

    /// Counts a packet from where signalling said; after a second of them the socket is kept to it.
    func heardWhereSignalled() {
        if isFixed { return }
        steadyPackets += 1
        if steadyPackets >= 50 { isFixed = UDPSocket.fix(rtp, to: remote) }
    }

    /// Hears everybody again.
    func release() {
        steadyPackets = 0
        if isFixed, UDPSocket.release(rtp) { isFixed = false }
    }

    /// Whether the next packet is to be lost on purpose.
    func drawsLoss() -> Bool {
        guard outboundLossPercent > 0 else { return false }
        // xorshift64: one word of state, and the same losses for the same seed.
        lossGenerator ^= lossGenerator << 13
        lossGenerator ^= lossGenerator >> 7
        lossGenerator ^= lossGenerator << 17
        return Int(lossGenerator % 100) < outboundLossPercent
    }

    func snapshot() -> MediaStatistics {
        var result = MediaStatistics()
        result.sent = packetsSent
        result.received = statistics.received
        result.lost = statistics.lost
        result.dropped = dropped
        result.jitter = .microseconds(Int64(statistics.jitter) * 125)
        result.roundTrip = roundTrip.map { .microseconds(Int64($0) * 1_000_000 / 65_536) }
        if let remoteLoss, packetsSent > 0 {
            result.remoteLossPercent = 100 * Double(max(0, remoteLoss.lost)) / Double(packetsSent)
        }
        let lossPercent = statistics.expected > 0 ? 100 * Double(statistics.lost) / Double(statistics.expected) : 0
        let oneWay = (Double(roundTrip ?? 0) / 65.536) / 2 + 2 * Double(statistics.jitter) / 8 + 20
        result.meanOpinionScore = QualityEstimate.meanOpinionScore(
            lossPercent: max(lossPercent, result.remoteLossPercent ?? 0),
            oneWayDelayMilliseconds: oneWay
        )
        return result
    }
}
