import Primitives
import TestSupport
import Testing

@testable import MediaEngine

/// Our use of libopus: what is said is heard, whatever becomes of packets on their way.
@Suite struct OpusTests {
    private static let frame = 160

    /// Packets of a sound, 20 ms each unless told otherwise.
    private static func packets(
        of sound: [Int16],
        _ settings: OpusSettings = OpusSettings(),
        samplesEach count: Int = frame
    ) throws -> [[UInt8]] {
        let encoder = OpusEncoder(settings)
        return try stride(from: 0, to: sound.count - count + 1, by: count).map { start in
            try #require(encode(Array(sound[start..<(start + count)]), with: encoder))
        }
    }

    private static func encode(_ frame: [Int16], with encoder: OpusEncoder, room: Int = 1500) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: room)
        let count = unsafe frame.withUnsafeBufferPointer { frame in
            unsafe bytes.withUnsafeMutableBytes { unsafe encoder.encode(frame, to: $0) }
        }
        return count.map { Array(bytes.prefix($0)) }
    }

    private static func take(_ packet: [UInt8], _ timestamp: UInt32, by receiver: OpusReceiver) -> OpusReceiver.Outcome
    {
        receiver.beat()
        return unsafe packet.withUnsafeBytes { unsafe receiver.take($0, timestamp: timestamp) }
    }

    /// What a receiver makes of packets of 20 ms, each at its own moment, from any first timestamp on.
    private static func heard(
        _ packets: [(place: Int, packet: [UInt8])],
        from first: UInt32 = 0,
        by receiver: OpusReceiver = OpusReceiver()
    ) -> [Int16] {
        var (sound, origin) = ([Int16](), UInt32?.none)
        for (place, packet) in packets {
            let outcome = take(packet, first &+ UInt32(960 * place), by: receiver)
            guard case .sound(let timestamp, let count) = outcome else { continue }
            let start = Int(timestamp &- (origin ?? timestamp))
            origin = origin ?? timestamp
            sound += [Int16](repeating: 0, count: max(0, start - sound.count))
            sound += unsafe Array(receiver.samples(count))
        }
        return sound
    }

    private static func tone(_ hertz: Double, seconds: Int = 1) -> [Int16] {
        ToneGenerator.samples(hertz: hertz, duration: .seconds(seconds))
    }

    private static func numbered(_ packets: [[UInt8]]) -> [(place: Int, packet: [UInt8])] {
        packets.enumerated().map { ($0.offset, $0.element) }
    }

    @Test(arguments: [300.0, 700, 1900, 3000], [true, false])
    func aToneSurvives(hertz: Double, isProtected: Bool) throws {
        let settings = OpusSettings(mostBitsPerSecond: isProtected ? 64_000 : 0, usesInbandFEC: isProtected)
        #expect(settings.bitsPerSecond == (isProtected ? 20_000 : 6000))
        let packets = try Self.packets(of: Self.tone(hertz), settings)
        #expect(packets.map(\.count).reduce(0, +) < settings.bitsPerSecond / 8 * 3 / 2)
        let sound = Self.heard(Self.numbered(packets))
        #expect(sound.count == 8000)
        #expect(Goertzel.share(of: hertz, in: sound) > 0.9)
    }

    /// A browser without telephone events presses keys as tones, and hears them so.
    @Test(arguments: Array("0123456789*#ABCD"))
    func keysSurvive(key: Character) throws {
        let press = TestSound.silence(100) + TestSound.key(key, milliseconds: 100) + TestSound.silence(100)
        var detector = ToneDetector()
        let heard = Self.heard(Self.numbered(try Self.packets(of: press))).compactMap { detector.hear($0) }
        #expect(heard == [key])
    }

    /// Times go round: the first timestamp is any.
    @Test func timestampsMayGoRound() throws {
        let packets = Self.numbered(try Self.packets(of: Self.tone(700)))
        #expect(Self.heard(packets, from: 0 &- 9600) == Self.heard(packets))
    }

    @Test func whatIsLostIsMadeUp() throws {
        let packets = Self.numbered(try Self.packets(of: Self.tone(700, seconds: 2)))
        let lossy = packets.filter { $0.place % 7 != 3 && !(40...42).contains($0.place) }
        let sound = Self.heard(lossy)
        #expect(sound.count == 16_000)
        #expect(Goertzel.share(of: 700, in: sound) > 0.8)
        // The second half of what was lost alone is a tone too, and not silence.
        let loudness = sound[(24 * 160)..<(25 * 160)].map { abs(Int($0)) }.max() ?? 0
        #expect(loudness > 1000, "\(loudness)")
    }

    @Test func aLongGapIsAPause() throws {
        let packets = Self.numbered(try Self.packets(of: Self.tone(700)))
        let receiver = OpusReceiver()
        #expect(Self.take(packets[0].packet, 0, by: receiver) == .sound(timestamp: 0, count: 160))
        // 120 ms are made up, and no more.
        #expect(Self.take(packets[7].packet, 7 * 960, by: receiver) == .sound(timestamp: 160, count: 960 + 160))
        #expect(Self.take(packets[20].packet, 20 * 960, by: receiver) == .sound(timestamp: 20 * 160, count: 160))
    }

    @Test func whatComesLateOrTwiceIsNotHeard() throws {
        let packets = try Self.packets(of: Self.tone(700))
        let receiver = OpusReceiver()
        #expect(Self.take(packets[0], 960, by: receiver) == .sound(timestamp: 0, count: 160))
        #expect(Self.take(packets[2], 2880, by: receiver) == .sound(timestamp: 160, count: 320))
        #expect(Self.take(packets[1], 1920, by: receiver) == .late)
        #expect(Self.take(packets[2], 2880, by: receiver) == .late)
        // Far back is a sender that has started over.
        guard case .sound(let timestamp, 160) = Self.take(packets[3], 2880 &- 96_000, by: receiver) else {
            Issue.record("a new stream is not heard")
            return
        }
        #expect(timestamp > 8000, "it is far from what was before")
    }

    /// Whoever sends as fast as the line lets them does not keep us from others.
    @Test func nobodyIsDecodedFasterThanTwiceWhatIsSaid() throws {
        let packets = try Self.packets(of: Self.tone(700), samplesEach: 480)
        let receiver = OpusReceiver()
        var heard = 0
        for (index, packet) in (0..<8).flatMap({ _ in packets }).enumerated() {
            let outcome = unsafe packet.withUnsafeBytes { unsafe receiver.take($0, timestamp: UInt32(2880 * index)) }
            if case .sound(_, let count) = outcome { heard += count } else { #expect(outcome == .excessive) }
        }
        #expect(heard == 83 * 480)
        for _ in 0..<3 { receiver.beat() }
        #expect(Self.take(packets[0], 2880 * 1000, by: receiver) == .sound(timestamp: 480_000, count: 480))
    }

    /// RFC 6716 section 3.2: packets of 2.5 to 120 ms.
    @Test func packetsMayBeOfAnyLength() throws {
        for count in [20, 40, 80, 160, 320, 480] {
            let receiver = OpusReceiver()
            for (index, packet) in try Self.packets(of: Self.tone(700), samplesEach: count).enumerated() {
                let outcome = Self.take(packet, UInt32(6 * count * index), by: receiver)
                #expect(outcome == .sound(timestamp: UInt32(count * index), count: count))
            }
        }
        let encoder = OpusEncoder(OpusSettings())
        #expect(Self.encode(Self.tone(700), with: encoder) == nil, "a second is no packet")
        #expect(Self.encode(Array(Self.tone(700).prefix(160)), with: encoder, room: 0) == nil)
    }

    /// Packets that say of themselves that they are longer than any may be, or hold less than they say.
    @Test(
        arguments: [[], [0xFF, 63], [0x0B, 63], [0x0A], [0x0B, 0x00], [0x0A, 0xFF, 0xFF]] as [[UInt8]]
    )
    func malformedPacketsAreToldApart(packet: [UInt8]) {
        #expect(Self.take(packet, 0, by: OpusReceiver()) == .malformed)
    }

    /// Whatever somebody sends: it ends, it is bounded, and what is good is heard afterwards.
    @Test func anyBytesAreTaken() throws {
        var random = SplitMix64(seed: 11)
        let good = try Self.packets(of: Self.tone(700))
        let receiver = OpusReceiver()
        var (heard, refused) = (0, 0)
        for round in 0..<20_000 {
            var packet: [UInt8]
            if round.isMultiple(of: 2) {
                let count = Int.random(in: 0...1280, using: &random)
                packet = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            } else {
                packet = good[round % good.count]
                packet[Int.random(in: packet.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                packet = Array(packet.prefix(Int.random(in: 0...packet.count, using: &random)))
            }
            let isAnywhere = round.isMultiple(of: 5)
            let timestamp = isAnywhere ? UInt32.random(in: 0...(.max), using: &random) : UInt32(960 * round)
            switch Self.take(packet, timestamp, by: receiver) {
            case .sound(_, let count):
                heard += 1
                #expect((1...1920).contains(count))
            case .late, .malformed, .excessive: refused += 1
            }
        }
        #expect(heard > 1000 && refused > 1000, "\(heard) \(refused)")
        receiver.restart()
        let sound = Self.heard(Self.numbered(good), from: 77, by: receiver)
        #expect(Goertzel.share(of: 700, in: sound) > 0.9)
    }
}
