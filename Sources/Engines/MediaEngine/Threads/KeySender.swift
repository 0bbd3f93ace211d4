import RTPWire

/// Sends keys as telephone events: 100 ms each, its end three times, then a pause (RFC 4733 section 2.5.1). One step per 20 ms.
struct KeySender {
    struct Packet {
        let event: TelephoneEvent
        let marker: Bool
        /// Samples since the key's first packet; its timestamp stays that of the first.
        let isFirst: Bool
    }

    private static let updates = 5
    private static let ends = 3
    private static let pause = 5

    private var keys: [UInt8] = []
    private var step = 0

    var isIdle: Bool { keys.isEmpty }

    mutating func add(_ text: String) {
        keys += text.uppercased().compactMap { key in TelephoneEvent.keys.firstIndex(of: key).map { UInt8($0) } }
    }

    /// The packet of this 20 ms, or nil in the pause between keys.
    mutating func next() -> Packet? {
        guard let key = keys.first else { return nil }
        defer {
            step += 1
            if step == Self.updates + Self.ends + Self.pause {
                step = 0
                keys.removeFirst()
            }
        }
        guard step < Self.updates + Self.ends else { return nil }
        let elapsed = UInt16(160 * (min(step, Self.updates - 1) + 1))
        return Packet(
            event: TelephoneEvent(code: key, isEnd: step >= Self.updates, duration: elapsed),
            marker: step == 0,
            isFirst: step == 0
        )
    }
}
