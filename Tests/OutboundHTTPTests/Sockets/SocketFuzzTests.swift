import Primitives
import Testing

@testable import OutboundHTTP

/// Whatever comes, and whenever: a socket ends once, delivers nothing after that, and no message is too large.
@Suite struct SocketFuzzTests {
    @Test(arguments: 0..<8 as Range<UInt64>) func everyHistoryEndsOnce(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var delivered = 0
        for _ in 0..<500 {
            var settings = SocketSettings()
            (settings.maxMessageBytes, settings.maxFragments) = (200, 5)
            var machine = SocketMachine(settings, at: .zero)
            var now = Duration.zero
            var endings = 0
            for _ in 0..<60 {
                now += .milliseconds(Int.random(in: 0...3000, using: &random))
                for action in Self.step(&machine, at: now, &random) {
                    switch action {
                    case .deliver(let message):
                        #expect(endings == 0)
                        #expect(message.byteCount <= 200)
                        delivered += 1
                    case .send(_, let payload): #expect(payload.count <= 125)
                    case .finish: endings += 1
                    case .disconnect: #expect(endings == 1)
                    }
                }
                #expect(endings <= 1)
                #expect(!machine.isOpen || endings == 0)
            }
            endings += machine.lose("over").count
            #expect(endings == 1)
        }
        #expect(delivered > 100)
    }

    private static func step(
        _ machine: inout SocketMachine,
        at now: Duration,
        _ random: inout SplitMix64
    ) -> [SocketAction] {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: machine.close(.normal, reason: String(repeating: "é", count: 80), at: now)
        case 1: machine.refuse(.tooLarge(limitBytes: 1), at: now)
        case 2..<8: machine.tick(at: now, isReading: Bool.random(using: &random))
        default: machine.receive(frame(&random), at: now)
        }
    }

    private static func frame(_ random: inout SplitMix64) -> SocketFrame {
        let usual: [UInt8] = [0, 1, 1, 2, 2, 9, 10]
        let isUsual = Int.random(in: 0..<20, using: &random) > 0
        return SocketFrame(
            opcode: isUsual ? usual.randomElement(using: &random) ?? 1 : .random(in: 0...15, using: &random),
            isLast: Int.random(in: 0..<4, using: &random) > 0,
            hasReservedBit: Int.random(in: 0..<200, using: &random) == 0,
            isMasked: Int.random(in: 0..<200, using: &random) == 0,
            payload: (0..<Int.random(in: 0...60, using: &random)).map { _ in .random(in: 0x20...0x80, using: &random) }
        )
    }
}
