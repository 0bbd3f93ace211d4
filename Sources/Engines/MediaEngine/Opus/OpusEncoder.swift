import COpus

/// Samples at 8 kHz as Opus packets (RFC 6716) of one stream. Of one thread at a time; nothing is allocated for a packet.
@safe final class OpusEncoder {
    /// The most bytes of a packet; what we send has a seventh of that.
    static let longestPacket = 400
    /// Of ten steps that trade work for sound: above it nobody hears a difference at 8 kHz.
    private static let complexity: Int32 = 5
    /// How much is taken to be lost, which decides what is spent against it.
    private static let expectedLossPercent: Int32 = 10

    private let memory: UnsafeMutableRawPointer
    private var state: OpaquePointer { unsafe OpaquePointer(memory) }

    init(_ settings: OpusSettings) {
        unsafe memory = .allocate(byteCount: Int(opus_encoder_get_size(1)), alignment: 16)
        let result = unsafe copus_init_encoder(
            state,
            Int32(settings.bitsPerSecond),
            Self.complexity,
            settings.usesInbandFEC ? Self.expectedLossPercent : 0
        )
        precondition(result == OPUS_OK, "libopus knows all that settings can be")
    }

    deinit { unsafe memory.deallocate() }

    /// Writes a packet.
    ///
    /// - Parameter frame: 2.5, 5, 10, 20, 40 or 60 ms.
    /// - Returns: its bytes; nil for a frame of another length, or when there is no room.
    func encode(_ frame: UnsafeBufferPointer<Int16>, to bytes: UnsafeMutableRawBufferPointer) -> Int? {
        guard let samples = frame.baseAddress, let room = unsafe bytes.bindMemory(to: UInt8.self).baseAddress else {
            return nil
        }
        let most = Int32(min(bytes.count, Self.longestPacket))
        let count = unsafe opus_encode(state, samples, Int32(frame.count), room, most)
        return count > 0 ? Int(count) : nil
    }
}
