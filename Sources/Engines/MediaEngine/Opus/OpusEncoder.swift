import COpus

/// Samples at 8 kHz as Opus packets (RFC 6716) of one stream. Of one thread at a time; nothing is allocated for a packet.
@safe final class OpusEncoder {
    /// The most bytes of a packet; what we send has a seventh of that.
    static let longestPacket = 400
    /// Of ten steps that trade work for sound: above it nobody hears a difference at 8 kHz.
    private static let complexity: Int32 = 5
    /// How much is taken to be lost, which decides what is spent against it.
    private static let expectedLossPercent: Int32 = 10

    private let state: OpaquePointer

    init(_ settings: OpusSettings) {
        guard let state = unsafe opus_encoder_create(8000, 1, OPUS_APPLICATION_VOIP, nil) else {
            fatalError("no memory for an Opus encoder")
        }
        unsafe self.state = unsafe state
        let result = unsafe copus_set_up(state, Int32(settings.bitsPerSecond), Self.complexity)
        precondition(result == OPUS_OK, "libopus refused its settings")
        if settings.usesInbandFEC { unsafe copus_protect(state, Self.expectedLossPercent) }
    }

    deinit { unsafe opus_encoder_destroy(state) }

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
