import RTPWire
import Testing

@Suite struct RTPTests {
    @Test func headersComeBack() throws {
        let header = RTPHeader(
            payloadType: 8,
            marker: true,
            sequence: 0xFFFE,
            timestamp: 0x8000_0001,
            ssrc: 0xDEAD_BEEF
        )
        var packet = [UInt8](repeating: 0x55, count: 172)
        unsafe packet.withUnsafeMutableBytes { unsafe header.write(to: $0) }
        let parsed = unsafe packet.withUnsafeBytes { unsafe RTPHeader.parse($0) }
        #expect(parsed?.header == header)
        #expect(parsed?.payload == 12..<172)
    }

    @Test func contributorsExtensionsAndPaddingAreLeftOut() {
        var packet: [UInt8] =
            [0xB1, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2] + [9, 9, 9, 9] + [0, 0, 0, 1, 7, 7, 7, 7] + [1, 2, 3, 0, 0, 3]
        #expect(unsafe packet.withUnsafeBytes { unsafe RTPHeader.parse($0) }?.payload == 24..<27)
        packet[packet.count - 1] = 200
        #expect(unsafe packet.withUnsafeBytes { unsafe RTPHeader.parse($0) } == nil)
    }

    @Test func noBytesTrap() {
        var random = SplitMix(seed: 1)
        for _ in 0..<20_000 {
            let bytes = (0..<Int(random.next() % 80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let parsed = unsafe bytes.withUnsafeBytes { unsafe RTPHeader.parse($0) }
            if let range = parsed?.payload, range.upperBound > bytes.count { Issue.record("beyond the end: \(bytes)") }
            _ = RTCPPacket.parse(bytes)
        }
    }

    @Test func reportsComeBack() {
        let block = ReportBlock(
            ssrc: 7,
            fractionLost: 31,
            cumulativeLost: -2,
            highestSequence: 70_000,
            jitter: 12,
            lastSenderReport: 0x1234_5678,
            delaySinceLastSenderReport: 65_536
        )
        let compound: [RTCPPacket] = [
            .senderReport(ssrc: 1, ntp: 0x0102_0304_0506_0708, rtp: 9, packets: 10, bytes: 1600, blocks: [block]),
            .sourceDescription(ssrc: 1, name: "phone@4000"), .receiverReport(ssrc: 1, blocks: [block, block]),
            .feedback(.transport, format: 15, sender: 1, source: 7), .goodbye([1, 2]),
        ]
        #expect(RTCPPacket.parse(compound.flatMap(\.bytes)) == compound)
        #expect(block.roundTrip(at: 0x1234_5678 + 65_536 + 3277) == 3277)
    }

    /// A request for what was lost and one for a picture (RFC 4585): who sends them is read, and no more; others are passed over.
    @Test func feedbackIsReadAsFarAsItMatters() {
        let nack: [UInt8] = [0x81, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 9, 0, 0]
        let bitrate: [UInt8] = [0x8F, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0] + Array("REMB".utf8) + [1, 2, 3, 4]
        let extended: [UInt8] = [0x80, 207, 0, 1, 0, 0, 0, 1]
        let found = RTCPPacket.parse(nack + extended + bitrate)
        #expect(
            found == [
                .feedback(.transport, format: 1, sender: 1, source: 2),
                .feedback(.payload, format: 15, sender: 1, source: 0),
            ]
        )
        #expect(RTCPPacket.parse([0x81, 205, 0, 1, 0, 0, 0, 1]) == [])
        #expect(RTCPPacket.parse(Array(nack.dropLast())) == [])
    }

    @Test func lossAndJitterFollowRFC3550() {
        var statistics = ReceiverStatistics()
        for index in 0..<1000 where index % 10 != 3 {
            let sequence = UInt16(truncatingIfNeeded: 65_000 + index)
            statistics.receive(
                sequence: sequence,
                timestamp: UInt32(index * 160),
                arrival: UInt32(index * 160 + (index % 2) * 80)
            )
        }
        #expect(statistics.expected == 1000)
        #expect(statistics.lost == 100)
        #expect(statistics.fractionLost() == 25)
        #expect((60...80).contains(statistics.jitter))
    }

    @Test func qualityFallsWithLossAndDelay() {
        let good = QualityEstimate.meanOpinionScore(lossPercent: 0, oneWayDelayMilliseconds: 20)
        let lossy = QualityEstimate.meanOpinionScore(lossPercent: 12, oneWayDelayMilliseconds: 20)
        let late = QualityEstimate.meanOpinionScore(lossPercent: 0, oneWayDelayMilliseconds: 500)
        #expect((4.3...4.45).contains(good))
        #expect(lossy < 3.3 && lossy > 2)
        #expect(late < good - 1)
    }
}

/// A generator whose sequence is its seed.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
