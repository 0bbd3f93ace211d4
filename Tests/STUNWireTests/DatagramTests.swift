import STUNWire
import Testing

/// Which protocol a datagram is of, and packets in a stream.
@Suite struct DatagramTests {
    private static func kind(_ bytes: [UInt8]) -> DatagramKind? {
        unsafe bytes.withUnsafeBytes { unsafe DatagramKind($0) }
    }

    @Test func theFirstByteTells() {
        var counts: [DatagramKind?: Int] = [:]
        for byte in UInt8.min ... .max { counts[Self.kind([byte, 0]), default: 0] += 1 }
        #expect(counts == [.stun: 4, .dtls: 44, .rtp: 64, nil: 144])
        for (first, second, kind) in [
            (0, 1, .stun), (3, 0, .stun), (4, 0, nil), (19, 0, nil), (20, 254, .dtls), (63, 0, .dtls), (64, 0, nil),
            (127, 0, nil), (128, 191, .rtp), (191, 224, .rtp), (192, 200, nil), (128, 192, .rtcp), (128, 200, .rtcp),
            (144, 223, .rtcp), (128, 8, .rtp), (128, 126, .rtp), (128, 239, .rtp),
        ] as [(UInt8, UInt8, DatagramKind?)] {
            #expect(Self.kind([first, second]) == kind, "\(first) \(second)")
        }
        #expect(Self.kind([]) == nil && Self.kind([128]) == nil)
    }

    @Test func packetsComeOutOfAStream() throws {
        let packets: [[UInt8]] = [[1], [UInt8](repeating: 7, count: 1500), [2, 3], [4]]
        var stream = try packets.flatMap { try #require(PacketFramer.frame($0)) }
        stream.insert(contentsOf: [0, 0], at: 3)
        for step in [1, 2, 3, 7, 1000, stream.count] {
            var (framer, found) = (PacketFramer(), [[UInt8]]())
            for start in stride(from: 0, to: stream.count, by: step) {
                framer.append(stream[start..<min(start + step, stream.count)])
                while let packet = try framer.next() { found.append(Array(packet)) }
            }
            #expect(found == packets && framer.waitingByteCount == 0, "by \(step)")
            (framer, found) = (PacketFramer(), [])
            unsafe stream.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: step) {
                    let end = min(start + step, bytes.count)
                    unsafe framer.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    while let packet = try? framer.next() { found.append(Array(packet)) }
                }
            }
            #expect(found == packets, "of raw bytes by \(step)")
        }
    }

    @Test func aPacketThatIsTooLongEndsTheStream() throws {
        var framer = PacketFramer()
        framer.append([0x05, 0xDD])
        #expect(throws: PacketFramer.Failure.tooLarge) { try framer.next() }
        #expect(PacketFramer.frame([UInt8](repeating: 0, count: 1501)) == nil)
    }
}
