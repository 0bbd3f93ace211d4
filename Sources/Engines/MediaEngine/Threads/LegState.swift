import CSockets
import Glibc
import RTPWire
import SecureMedia

/// A leg as its media thread sees it. It lives on one thread at a time.
///
/// Unchecked: a thread that gives it to another does not touch it any more.
final class LegState: @unchecked Sendable {
    /// Names the leg, whichever thread it is on.
    let id: Int
    let port: Int
    let rtp: Int32
    let rtcp: Int32
    let feed: MediaFeed
    /// What shares the socket with sound; nil for a telephone's leg.
    let gate: (any PacketGate)?
    let onEvent: @Sendable (MediaEvent) -> Void
    /// The place of the leg on its thread.
    var slot = -1

    var parameters: MediaParameters?
    /// What protects the packets of both ways; nil for plain RTP.
    private(set) var protection: LegProtection?
    /// Where packets go: what signalling said, then where packets come from (symmetric RTP).
    var remote = sockaddr_in()
    var remoteRTCP = sockaddr_in()
    /// Where signalling said the peer is: always believed.
    var signalled = sockaddr_in()
    var isLatched = false
    /// Whether the peer does not want our packets, or cannot be reached yet; of a leg with a gate only.
    var isUnwanted = false
    var beatsToGate = 0
    /// Ways of the peer to us beside the socket, and the one by which packets go to it; nil for the socket. Of a leg with a gate only.
    var connections: [PacketConnection] = []
    var connection: PacketConnection?
    /// The place of the one that is to make room for another.
    var nextConnection = 0
    /// The descriptor of a counter of strangers' packets while the kernel itself keeps the socket to `remote`, or -1: the
    /// kernel then knows the way to send without looking for it each time, and drops what others send. Only while the peer
    /// is where signalling said, and heard.
    private var strays: Int32 = -1
    /// Packets in a row from where signalling said.
    var steadyPackets = 0
    var remoteSSRC: UInt32?
    /// The thread's turn in which this leg was read last.
    var lastTurn: UInt64 = 0
    /// The slot of the leg that hears what this one receives; -1 for none.
    var bridge = -1
    /// Whether the peer got something of its own in the last beat: looking for that with each packet would cost more than
    /// passing it on.
    var isInterrupted = false
    /// Beats since something was last passed on to the peer.
    var quietBeats = 0
    var isEcho = false
    /// The room that the leg is in, and whether it is one of the voices of this beat there.
    var room: RoomState?
    var isMixed = false
    var isMutedInRoom = false
    /// What the peer says is not passed on.
    var isMuted = false
    /// Nor does the peer hear anybody else.
    var isHeld = false
    var outboundLossPercent = 0
    private var lossGenerator: UInt64

    var stream: OutgoingStream
    var isTalking = false
    var packetsSent: UInt64 = 0
    var payloadBytesSent: UInt64 = 0
    var drops = PacketDrops()
    var statistics = ReceiverStatistics()
    var lastHeard: UInt64 = 0
    var hasReportedSilence = false

    var player = Player()
    /// What the peer hears over all else, and what it hears while it is held.
    var overlay = Player()
    var holdMusic = Player()
    var keys = KeySender()
    /// Whether somebody wants to know when all keys are pressed.
    var tellsOfKeys = false
    var keyTimestamp: UInt32 = 0
    var recorders: [Recorder] = []
    /// Who hears the leg off this thread, and whether somebody hears what is passed on from it so.
    var taps: [MediaTap] = []
    var isOverheard = false
    /// What the peer hears in this beat, while there are taps.
    var said = [Int16](repeating: 0, count: 160)
    /// Evens out what the peer says, for those who hear it as samples.
    var jitter: JitterBuffer?
    var detector = DigitDetector()
    /// What the peer says in Opus becomes samples here, and ours becomes Opus; nil while nobody needs that.
    var opusReceiver: OpusReceiver?
    var opusEncoder: OpusEncoder?
    /// Whether what the peer says reaches the leg that this one is bridged to as samples.
    var isTranscoded = false
    var wantsInBandDigits = false
    var tones: ToneDetector?
    var watch: SilenceWatch?
    /// What the peer wants to be heard instead of its silence, until it speaks again.
    var noise: ComfortNoise?

    var lastSenderReport: UInt32 = 0
    var lastSenderReportArrival: UInt64 = 0
    var roundTrip: UInt32?
    var remoteLoss: Int32?
    var feedbackReceived: UInt64 = 0
    var nextReport: UInt64 = 0

    init(
        id: Int,
        port: Int,
        rtp: Int32,
        rtcp: Int32,
        random: (UInt64, UInt64),
        feed: MediaFeed,
        gate: (any PacketGate)?,
        onEvent: @escaping @Sendable (MediaEvent) -> Void
    ) {
        self.id = id
        self.port = port
        self.rtp = rtp
        self.rtcp = rtcp
        self.feed = feed
        self.gate = gate
        isUnwanted = gate != nil
        self.onEvent = onEvent
        stream = OutgoingStream(
            ssrc: UInt32(truncatingIfNeeded: random.0),
            sequence: UInt16(truncatingIfNeeded: random.0 >> 32),
            timestamp: UInt32(truncatingIfNeeded: random.1)
        )
        lossGenerator = random.1 | 1
    }

    /// Whether others may hear what the peer says.
    var isHeard: Bool { !isMuted && !isHeld && parameters?.direction.receives == true }

    /// Whether the peer gets something of its own, which goes before what others say.
    var hasOwnSound: Bool {
        if !keys.isIdle || !overlay.isIdle { return true }
        return isHeld ? !holdMusic.isIdle : !player.isIdle || !feed.isIdle
    }

    /// Whether what others say may be passed on to the peer.
    var isListening: Bool { parameters?.direction.sends == true && !isHeld && !isInterrupted && !isUnwanted }

    /// Whether anybody wants the peer's packets as samples.
    var wantsSamples: Bool { !recorders.isEmpty || tones != nil || watch != nil || jitter != nil }

    /// Whether the kernel keeps the socket to the peer.
    var isFixed: Bool { strays >= 0 }

    /// Follows what was agreed on. A peer that stays where it was is still known by where its packets really come from.
    func connect(_ parameters: MediaParameters, to remote: sockaddr_in, now: UInt64) {
        guard protect(by: parameters.keys) else {
            self.parameters = nil
            return onEvent(.unprotected)
        }
        // A gate knows better where the peer is.
        if gate == nil, self.parameters == nil || !UDPSocket.isSame(remote, signalled) {
            release()
            self.remote = remote
            signalled = remote
            remoteRTCP = remote
            remoteRTCP.sin_port = (UInt16(bigEndian: remote.sin_port) &+ 1).bigEndian
            isLatched = false
        }
        if self.parameters?.opus != parameters.opus { opusEncoder = nil }
        self.parameters = parameters
        lastHeard = now
        hasReportedSilence = false
        if nextReport == 0 { nextReport = now + 1_000_000_000 }
        chooseDigits()
    }

    /// False when there are keys that cannot be used.
    private func protect(by keys: SRTPKeys?) -> Bool {
        guard keys != nil || gate == nil else { return false }
        do throws(SRTPFailure) {
            protection = if let keys { try LegProtection(keys, after: protection) } else { nil }
            return true
        } catch {
            return false
        }
    }

    /// Listens for tones if the peer has no other way to press keys, or when asked to.
    func chooseDigits() {
        let isWanted = wantsInBandDigits || (parameters != nil && parameters?.telephoneEventPayloadType == nil)
        if isWanted != (tones != nil) { tones = isWanted ? ToneDetector() : nil }
    }

    /// Evens out packets only while somebody needs that.
    func chooseJitter() {
        let isWanted = room != nil || !taps.isEmpty || isOverheard || isTranscoded
        if isWanted != (jitter != nil) { jitter = isWanted ? JitterBuffer() : nil }
    }

    /// Counts a packet from where signalling said; after a second of them the socket is kept to it.
    func heardWhereSignalled() {
        if isFixed { return }
        steadyPackets += 1
        if steadyPackets == 50 { strays = UDPSocket.fix(rtp, to: remote) ?? -1 }
    }

    /// Hears everybody again.
    func release() {
        steadyPackets = 0
        guard isFixed else { return }
        drops.foreign += UInt64(socket_strays(strays))
        close(strays)
        strays = -1
        UDPSocket.release(rtp)
    }

    /// Gives the sockets back.
    func closeSockets() {
        release()
        for connection in connections { connection.close() }
        close(rtp)
        close(rtcp)
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
        result.foreign = drops.foreign + (isFixed ? UInt64(socket_strays(strays)) : 0)
        result.malformed = drops.malformed
        result.oversized = drops.oversized
        result.unknownPayload = drops.unknownPayload
        result.replayed = drops.replayed
        result.unauthentic = drops.unauthentic
        result.unsent = connections.reduce(drops.unsent) { $0 + $1.unsent }
        result.feedback = feedbackReceived
        let jitter = Double(statistics.jitter) / Double(parameters?.codec.clockRate ?? 8000)
        result.jitter = .microseconds(Int64(1e6 * jitter))
        result.roundTrip = roundTrip.map { .microseconds(Int64($0) * 1_000_000 / 65_536) }
        if let remoteLoss, packetsSent > 0 {
            result.remoteLossPercent = 100 * Double(max(0, remoteLoss)) / Double(packetsSent)
        }
        let lossPercent = statistics.expected > 0 ? 100 * Double(statistics.lost) / Double(statistics.expected) : 0
        let oneWay = (Double(roundTrip ?? 0) / 65.536) / 2 + 2 * 1000 * jitter + 20
        result.meanOpinionScore = QualityEstimate.meanOpinionScore(
            lossPercent: max(lossPercent, result.remoteLossPercent ?? 0),
            oneWayDelayMilliseconds: oneWay
        )
        return result
    }
}
