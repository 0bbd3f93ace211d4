import COpus

/// Opus packets (RFC 6716) of one stream, in their order, as samples at 8 kHz: libopus changes the rate itself and makes one
/// channel of two. Of one thread at a time; nothing is allocated for a packet.
@safe final class OpusDecoder {
    /// The most samples of a packet, 120 ms (RFC 6716 section 3.2.5).
    static let longestPacket = 960
    /// Packets are multiples of 2.5 ms.
    static let step = 20

    private let memory: UnsafeMutableRawPointer
    private var state: OpaquePointer { unsafe OpaquePointer(memory) }

    init() {
        unsafe memory = .allocate(byteCount: Int(opus_decoder_get_size(1)), alignment: 16)
        let result = unsafe opus_decoder_init(state, 8000, 1)
        precondition(result == OPUS_OK, "libopus knows 8 kHz and one channel")
    }

    deinit { unsafe memory.deallocate() }

    /// How many samples a packet has; nil for one that is malformed.
    static func sampleCount(of packet: UnsafeRawBufferPointer) -> Int? {
        guard packet.count > 0, let bytes = unsafe packet.bindMemory(to: UInt8.self).baseAddress else { return nil }
        let count = unsafe opus_packet_get_nb_samples(bytes, Int32(packet.count), 8000)
        return count > 0 && count <= longestPacket ? Int(count) : nil
    }

    /// Writes the samples of a packet and returns how many there are; nil for a malformed packet, and when there is no room.
    func decode(_ packet: UnsafeRawBufferPointer, to samples: UnsafeMutableBufferPointer<Int16>) -> Int? {
        unsafe run(packet, samples, isRecovery: false)
    }

    /// Writes as many samples as there is room for, a multiple of 2.5 ms: what was lost before a packet, as far as that tells, and
    /// what may have been there for the rest.
    func recover(before packet: UnsafeRawBufferPointer, to samples: UnsafeMutableBufferPointer<Int16>) -> Int? {
        unsafe run(packet, samples, isRecovery: true)
    }

    /// Begins anew, as with another stream.
    func forget() {
        _ = unsafe copus_forget(state)
    }

    private func run(
        _ packet: UnsafeRawBufferPointer,
        _ samples: UnsafeMutableBufferPointer<Int16>,
        isRecovery: Bool
    ) -> Int? {
        // To libopus no packet is a lost one.
        guard packet.count > 0, let bytes = unsafe packet.bindMemory(to: UInt8.self).baseAddress,
            let room = samples.baseAddress
        else { return nil }
        let (length, most) = (Int32(packet.count), Int32(samples.count))
        let count = unsafe opus_decode(state, bytes, length, room, most, isRecovery ? 1 : 0)
        return count > 0 ? Int(count) : nil
    }
}
