/// What a peer says in Opus, as samples at 8 kHz with timestamps of that rate: each packet once, in order, and what was lost between
/// two of them told from the second, or made up.
///
/// Packets that others have overtaken are not heard: what they say has been made up already.
@safe final class OpusReceiver {
    /// What became of a packet.
    enum Outcome: Equatable {
        /// The receiver's buffer begins with so many samples, the first of this moment.
        case sound(timestamp: UInt32, count: Int)
        case late
        case malformed
        /// More than anybody says in this time.
        case excessive
    }

    /// More than that is a pause and not a loss: 120 ms, in samples.
    static let longestGap = 960
    private static let units = 6
    /// Nothing is late by a second: such a packet is of a sender that has started over.
    private static let latest = 48_000
    /// What follows is a stream of its own: far from all that is in a buffer.
    private static let leap: UInt32 = 65_536

    /// Decoding costs far more than a law does: nobody makes us decode more than a network holds back for a moment, five seconds, and
    /// twice what is said after that.
    private static let mostAllowed = 40_000
    private static let allowedEachBeat = 320

    private let decoder = OpusDecoder()
    private let buffer: UnsafeMutableBufferPointer<Int16>
    /// The timestamp of the peer's next packet when none is lost.
    private var due: UInt32?
    /// The same in samples.
    private var position: UInt32 = 0
    /// Samples that may be decoded now.
    private var allowed = mostAllowed

    init() {
        unsafe buffer = .allocate(capacity: Self.longestGap + OpusDecoder.longestPacket)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit { unsafe buffer.deallocate() }

    /// The first samples of the buffer; they last until the next packet.
    func samples(_ count: Int) -> UnsafeBufferPointer<Int16> {
        unsafe UnsafeBufferPointer(rebasing: buffer[0..<count])
    }

    /// Takes a packet.
    func take(_ packet: UnsafeRawBufferPointer, timestamp: UInt32) -> Outcome {
        guard let length = unsafe OpusDecoder.sampleCount(of: packet) else { return .malformed }
        guard length <= allowed else { return .excessive }
        let lead = due.map { Int(Int32(bitPattern: timestamp &- $0)) } ?? 0
        if lead < 0 {
            if lead > -Self.latest { return .late }
            restart()
        }
        let gap = max(0, lead) / Self.units
        let recovered = unsafe recover(gap, before: packet)
        allowed = max(0, allowed - recovered - length)
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[recovered...])
        guard let count = unsafe decoder.decode(packet, to: rest) else { return .malformed }
        let start = position &+ UInt32(gap - recovered)
        position = start &+ UInt32(recovered + count)
        due = timestamp &+ UInt32(Self.units * length)
        return .sound(timestamp: start, count: recovered + count)
    }

    /// 20 ms have passed.
    func beat() {
        allowed = min(Self.mostAllowed, allowed + Self.allowedEachBeat)
    }

    /// Another stream begins.
    func restart() {
        decoder.forget()
        due = nil
        position &+= Self.leap
    }

    /// Fills the end of a gap, and returns with how many samples.
    private func recover(_ gap: Int, before packet: UnsafeRawBufferPointer) -> Int {
        let lost = gap - gap % OpusDecoder.step
        guard lost > 0, lost <= Self.longestGap else { return 0 }
        let room = unsafe UnsafeMutableBufferPointer(rebasing: buffer[0..<lost])
        return unsafe decoder.recover(before: packet, to: room) ?? 0
    }
}
