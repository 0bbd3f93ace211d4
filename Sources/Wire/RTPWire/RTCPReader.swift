/// Reads the words of one RTCP packet.
struct RTCPReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    mutating func word() -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func blocks(_ count: Int) -> [ReportBlock] {
        (0..<count).compactMap { _ in block() }
    }

    /// The text of the first item when it is a CNAME.
    mutating func canonicalName() -> String? {
        let item = Array(rest)
        guard item.count >= 2, item[0] == 1, item.count >= 2 + Int(item[1]) else { return nil }
        return String(decoding: item[2..<(2 + Int(item[1]))], as: UTF8.self)
    }

    private mutating func block() -> ReportBlock? {
        guard let ssrc = word(), let loss = word(), let highest = word(), let jitter = word(), let last = word(),
            let delay = word()
        else { return nil }
        return ReportBlock(
            ssrc: ssrc,
            fractionLost: UInt8(loss >> 24),
            cumulativeLost: Int32(bitPattern: loss << 8) >> 8,
            highestSequence: highest,
            jitter: jitter,
            lastSenderReport: last,
            delaySinceLastSenderReport: delay
        )
    }
}
