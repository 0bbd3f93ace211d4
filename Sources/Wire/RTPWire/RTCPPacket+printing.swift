extension RTCPPacket {
    /// The packet as it is sent; several in a row are a compound.
    package var bytes: [UInt8] {
        switch self {
        case .senderReport(let ssrc, let ntp, let rtp, let packets, let bytes, let blocks):
            let words = [ssrc, UInt32(ntp >> 32), UInt32(truncatingIfNeeded: ntp), rtp, packets, bytes]
            return Self.packet(type: 200, count: blocks.count, words + blocks.flatMap(Self.words))
        case .receiverReport(let ssrc, let blocks):
            return Self.packet(type: 201, count: blocks.count, [ssrc] + blocks.flatMap(Self.words))
        case .sourceDescription(let ssrc, let name):
            var item: [UInt8] = [1, UInt8(min(255, name.utf8.count))] + Array(name.utf8.prefix(255)) + [0]
            while !item.count.isMultiple(of: 4) { item.append(0) }
            let words = stride(from: 0, to: item.count, by: 4).map { start in
                item[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            }
            return Self.packet(type: 202, count: 1, [ssrc] + words)
        case .feedback(let kind, let format, let sender, let source):
            return Self.packet(type: kind.rawValue, count: Int(format), [sender, source])
        case .goodbye(let sources):
            return Self.packet(type: 203, count: sources.count, sources)
        }
    }

    private static func words(_ block: ReportBlock) -> [UInt32] {
        let loss = UInt32(block.fractionLost) << 24 | UInt32(bitPattern: block.cumulativeLost) & 0xFF_FFFF
        return [
            block.ssrc, loss, block.highestSequence, block.jitter, block.lastSenderReport,
            block.delaySinceLastSenderReport,
        ]
    }

    private static func packet(type: UInt8, count: Int, _ words: [UInt32]) -> [UInt8] {
        let head = 0x8000_0000 | UInt32(count & 31) << 24 | UInt32(type) << 16 | UInt32(words.count)
        return ([head] + words).flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }
}
