import RTPWire
import Testing

@Suite struct OutgoingStreamTests {
    private var stream = OutgoingStream(ssrc: 7, sequence: 65_534, timestamp: 4_294_967_200)

    @Test mutating func ourOwnPacketsFollowEachOther() {
        let first = stream.own(payloadType: 8, marker: true)
        stream.advance(samples: 160)
        let second = stream.own(payloadType: 8, marker: false)
        #expect((first.sequence, second.sequence) == (65_534, 65_535))
        #expect(second.timestamp &- first.timestamp == 160)
    }

    @Test mutating func whatIsPassedOnGoesOnWhereWeWere() {
        _ = stream.own(payloadType: 8, marker: true)
        stream.advance(samples: 160)
        let passed = [(100, 5000), (102, 5320), (101, 5160)].map { sequence, timestamp in
            stream.pass(Self.theirs(UInt16(sequence), UInt32(timestamp)))
        }
        #expect(passed.map(\.sequence) == [65_535, 1, 0])
        #expect(passed.map(\.ssrc) == [7, 7, 7])
        #expect(passed.map(\.marker) == [true, false, false])
        #expect(passed[1].timestamp &- passed[0].timestamp == 320)
        let ours = stream.own(payloadType: 8, marker: true)
        #expect(ours.sequence == 2)
        #expect(Int32(bitPattern: ours.timestamp &- passed[1].timestamp) > 0)
    }

    @Test mutating func anotherSourceTakesOverWithoutAGap() {
        let one = stream.pass(Self.theirs(9, 9))
        stream.advance(samples: 160)
        let other = stream.pass(Self.theirs(40_000, 1_000_000, ssrc: 3))
        #expect(other.sequence == one.sequence &+ 1)
        #expect(other.timestamp &- one.timestamp == 160)
        #expect(other.marker)
    }

    @Test func aRewrittenPacketKeepsItsContributors() {
        var packet: [UInt8] = [0x81, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 9, 9, 9, 9, 5]
        let header = RTPHeader(payloadType: 0, marker: true, sequence: 3, timestamp: 4, ssrc: 5)
        unsafe packet.withUnsafeMutableBytes { unsafe header.rewrite($0) }
        let parsed = unsafe packet.withUnsafeBytes { unsafe RTPHeader.parse($0) }
        #expect(parsed?.header == header)
        #expect(parsed?.payload == 16..<17)
    }

    private static func theirs(_ sequence: UInt16, _ timestamp: UInt32, ssrc: UInt32 = 2) -> RTPHeader {
        RTPHeader(payloadType: 0, marker: false, sequence: sequence, timestamp: timestamp, ssrc: ssrc)
    }
}
