import RTPWire

/// Between samples and what a leg's packets have.
extension LegState {
    /// Writes samples as the peer takes them, and returns their bytes; nil for what cannot be sent.
    func encode(
        _ frame: UnsafeBufferPointer<Int16>,
        _ codec: MediaCodec,
        to bytes: UnsafeMutableRawBufferPointer
    ) -> Int? {
        switch codec {
        case .law(let law):
            unsafe law.encode(frame, to: bytes)
            return frame.count
        case .opus: return unsafe chosenEncoder.encode(frame, to: bytes)
        }
    }

    /// What the peer says in Opus, and when in samples; nil for what nobody is to hear.
    func decodeOpus(
        _ payload: UnsafeRawBufferPointer,
        timestamp: UInt32
    ) -> (samples: UnsafeBufferPointer<Int16>, timestamp: UInt32)? {
        let receiver = opusReceiver ?? OpusReceiver()
        opusReceiver = receiver
        switch unsafe receiver.take(payload, timestamp: timestamp) {
        case .sound(let timestamp, let count): return unsafe (receiver.samples(count), timestamp)
        case .late: return nil
        case .malformed:
            drops.malformed += 1
            return nil
        case .excessive:
            drops.oversized += 1
            return nil
        }
    }

    /// Whether keys of a leg reach this one as the events they are: their times must count alike.
    func takesEvents(of leg: LegState) -> Bool {
        guard let own = parameters, let theirs = leg.parameters, own.telephoneEventPayloadType != nil else {
            return false
        }
        return !leg.isTranscoded && own.telephoneEventClockRate == theirs.telephoneEventClockRate
            && own.codec.clockRate == theirs.codec.clockRate
    }

    /// Most legs that have Opus pass it on, and need none.
    private var chosenEncoder: OpusEncoder {
        if let encoder = opusEncoder { return encoder }
        let encoder = OpusEncoder(parameters?.opus ?? OpusSettings())
        opusEncoder = encoder
        return encoder
    }
}
