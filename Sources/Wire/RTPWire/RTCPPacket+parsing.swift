extension RTCPPacket {
    /// Reads a compound. Total: what cannot be read is left out; nothing is read behind a packet whose length does not fit.
    package static func parse(_ bytes: [UInt8]) -> [RTCPPacket] {
        var packets: [RTCPPacket] = []
        var rest = bytes[...]
        while rest.count >= 4 {
            let head = Array(rest.prefix(4))
            let length = 4 * (Int(head[2]) << 8 | Int(head[3])) + 4
            guard head[0] >> 6 == 2, length <= rest.count else { break }
            if let packet = one(
                type: head[1],
                count: Int(head[0] & 31),
                RTCPReader(rest.dropFirst(4).prefix(length - 4))
            ) {
                packets.append(packet)
            }
            rest = rest.dropFirst(length)
        }
        return packets
    }

    private static func one(type: UInt8, count: Int, _ reader: RTCPReader) -> RTCPPacket? {
        var reader = reader
        switch type {
        case 200:
            guard let ssrc = reader.word(), let high = reader.word(), let low = reader.word(), let rtp = reader.word(),
                let packets = reader.word(), let bytes = reader.word()
            else { return nil }
            return .senderReport(
                ssrc: ssrc,
                ntp: UInt64(high) << 32 | UInt64(low),
                rtp: rtp,
                packets: packets,
                bytes: bytes,
                blocks: reader.blocks(count)
            )
        case 201: return reader.word().map { .receiverReport(ssrc: $0, blocks: reader.blocks(count)) }
        case 202:
            guard let ssrc = reader.word(), let name = reader.canonicalName() else { return nil }
            return .sourceDescription(ssrc: ssrc, name: name)
        case FeedbackKind.transport.rawValue, FeedbackKind.payload.rawValue:
            guard let kind = FeedbackKind(rawValue: type), let sender = reader.word(), let source = reader.word()
            else { return nil }
            return .feedback(kind, format: UInt8(count), sender: sender, source: source)
        case 203: return .goodbye((0..<count).compactMap { _ in reader.word() })
        default: return nil
        }
    }
}
