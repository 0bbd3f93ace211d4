import MediaEngine
import Testing

@Suite struct JitterBufferTests {
    private var buffer = JitterBuffer()

    @Test mutating func whatComesInTimeComesOutWhole() {
        var heard: [Int16] = []
        for packet in 0..<50 {
            put(packet)
            buffer.take()
            heard += buffer.frame
        }
        let expected = (0..<47).flatMap { packet in (0..<160).map { Self.sample(packet, $0) } }
        #expect(Array(heard.dropFirst(320).prefix(expected.count)) == expected)
    }

    @Test mutating func reorderedPacketsFindTheirPlace() {
        var heard: [Int16] = []
        for pair in 0..<20 {
            put(2 * pair + 1)
            put(2 * pair)
            for _ in 0..<2 {
                buffer.take()
                heard += buffer.frame
            }
        }
        let values = heard.dropFirst(800)
        #expect(!values.contains(0))
        #expect(zip(values, values.dropFirst()).allSatisfy { $1 >= $0 })
    }

    /// Packets that come 60 ms late now and then need, and get, a longer delay; it shrinks when they stop.
    @Test mutating func theDelayFollowsTheNetwork() {
        var late: [Int] = []
        var silent = 0
        for beat in 0..<600 {
            if beat % 10 == 0, beat < 300 { late.append(beat) } else { put(beat) }
            while let packet = late.first, beat >= packet + 3 {
                put(packet)
                late.removeFirst()
            }
            buffer.take()
            if beat > 100, beat < 300, buffer.frame.allSatisfy({ $0 == 0 }) { silent += 1 }
            if beat == 299 { #expect(buffer.delay > 400) }
            #expect(buffer.delay <= 960)
        }
        #expect(silent == 0)
        for beat in 600..<1400 {
            put(beat)
            buffer.take()
        }
        #expect(buffer.delay <= 320)
    }

    /// A sender whose clock is 0.5 % fast or slow is heard without end.
    @Test(arguments: [-1, 1]) mutating func clocksMayDiffer(direction: Int) {
        var sent = 0
        var (empty, longest) = (0, 0)
        for beat in 0..<20_000 {
            while sent * 200 < beat * (200 + direction) {
                put(sent)
                sent += 1
            }
            buffer.take()
            if beat > 100, buffer.frame.allSatisfy({ $0 == 0 }) { empty += 1 }
            longest = max(longest, buffer.delay)
        }
        #expect(longest <= 960)
        #expect(empty < 250, "\(empty)")
    }

    @Test mutating func aStreamThatStartsOverIsHeard() {
        for packet in 0..<20 {
            put(packet)
            buffer.take()
        }
        for packet in 100_000..<100_020 {
            put(packet)
            buffer.take()
        }
        #expect(buffer.frame.last != 0)
        for packet in 50..<80 {
            put(packet)
            buffer.take()
        }
        #expect(buffer.frame.last != 0)
    }

    private mutating func put(_ packet: Int) {
        let samples = (0..<160).map { Self.sample(packet, $0) }
        let timestamp = UInt32(truncatingIfNeeded: 4_294_960_000 + 160 * packet)
        unsafe samples.withUnsafeBufferPointer { unsafe buffer.put($0, timestamp: timestamp) }
    }

    private static func sample(_ packet: Int, _ offset: Int) -> Int16 { Int16(1 + packet % 30_000) }
}
