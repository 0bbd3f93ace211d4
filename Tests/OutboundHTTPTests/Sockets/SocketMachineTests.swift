import Testing

@testable import OutboundHTTP

@Suite struct SocketMachineTests {
    private static func machine(_ adjust: (inout SocketSettings) -> Void = { _ in }) -> SocketMachine {
        var settings = SocketSettings()
        adjust(&settings)
        return SocketMachine(settings, at: .zero)
    }

    private static func frame(_ opcode: UInt8, _ text: String = "", isLast: Bool = true) -> SocketFrame {
        SocketFrame(opcode: opcode, isLast: isLast, payload: Array(text.utf8))
    }

    private static func refusal(_ violation: SocketViolation) -> [SocketAction] {
        [
            .send(opcode: 8, ClosePayload(violation.code, violation.description).bytes),
            .finish(.violation(violation)),
        ]
    }

    @Test func messagesAreDelivered() {
        var machine = Self.machine()
        #expect(machine.receive(Self.frame(1, "habari"), at: .zero) == [.deliver(.text("habari"))])
        #expect(machine.receive(Self.frame(2, "ab"), at: .zero) == [.deliver(.binary([97, 98]))])
        #expect(machine.receive(Self.frame(1), at: .zero) == [.deliver(.text(""))])
    }

    @Test func fragmentsAreJoinedAndControlFramesMayComeBetween() {
        var machine = Self.machine()
        #expect(machine.receive(Self.frame(1, "ha", isLast: false), at: .zero) == [])
        #expect(machine.receive(Self.frame(9, "?"), at: .zero) == [.send(opcode: 10, [63])])
        #expect(machine.receive(Self.frame(0, "ba", isLast: false), at: .zero) == [])
        #expect(machine.receive(Self.frame(10), at: .zero) == [])
        #expect(machine.receive(Self.frame(0, "ri"), at: .zero) == [.deliver(.text("habari"))])
        #expect(machine.isOpen)
    }

    /// A character whose bytes are in two fragments is whole (RFC 6455 section 5.6).
    @Test func aCharacterMayBeSplit() {
        var machine = Self.machine()
        let bytes = Array("é".utf8)
        #expect(machine.receive(SocketFrame(opcode: 1, isLast: false, payload: [bytes[0]]), at: .zero) == [])
        #expect(machine.receive(SocketFrame(opcode: 0, payload: [bytes[1]]), at: .zero) == [.deliver(.text("é"))])
    }

    @Test(arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func reservedOpcodesAreRefused(_ opcode: UInt8) {
        var machine = Self.machine()
        #expect(machine.receive(Self.frame(opcode), at: .zero) == Self.refusal(.reservedOpcode(opcode)))
        #expect(!machine.isOpen)
    }

    @Test func rulesOfFramesAreKept() {
        let broken: [(SocketFrame, SocketViolation)] = [
            (SocketFrame(opcode: 1, isMasked: true, payload: []), .maskedFrame),
            (SocketFrame(opcode: 1, hasReservedBit: true, payload: []), .reservedBit),
            (SocketFrame(opcode: 9, isLast: false, payload: []), .controlFrame),
            (SocketFrame(opcode: 9, payload: [UInt8](repeating: 0, count: 126)), .controlFrame),
            (SocketFrame(opcode: 0, payload: []), .fragmentOrder),
            (SocketFrame(opcode: 1, payload: [0xC3]), .invalidText),
            (SocketFrame(opcode: 1, payload: [0xED, 0xA0, 0x80]), .invalidText),
            (SocketFrame(opcode: 8, payload: [3]), .closeFrame),
            (SocketFrame(opcode: 8, payload: [0x03, 0xED]), .closeFrame),
            (SocketFrame(opcode: 8, payload: [0, 1]), .closeFrame),
            (SocketFrame(opcode: 8, payload: [0x03, 0xE8, 0xFF]), .invalidText),
        ]
        for (frame, violation) in broken {
            var machine = Self.machine()
            #expect(machine.receive(frame, at: .zero) == Self.refusal(violation))
        }
        var machine = Self.machine()
        _ = machine.receive(Self.frame(1, "a", isLast: false), at: .zero)
        #expect(machine.receive(Self.frame(2, "b"), at: .zero) == Self.refusal(.fragmentOrder))
    }

    @Test func messagesHaveLimits() {
        var machine = Self.machine { ($0.maxMessageBytes, $0.maxFragments) = (10, 3) }
        #expect(machine.receive(Self.frame(1, "0123456789"), at: .zero) == [.deliver(.text("0123456789"))])
        _ = machine.receive(Self.frame(1, "01234", isLast: false), at: .zero)
        #expect(machine.receive(Self.frame(0, "567890"), at: .zero) == Self.refusal(.tooLarge(limitBytes: 10)))
        machine = Self.machine { $0.maxFragments = 3 }
        _ = machine.receive(Self.frame(1, isLast: false), at: .zero)
        for _ in 0..<2 { #expect(machine.receive(Self.frame(0, isLast: false), at: .zero) == []) }
        let refusal = Self.refusal(.tooManyFragments(limit: 3))
        #expect(machine.receive(Self.frame(0, isLast: false), at: .zero) == refusal)
    }

    @Test func aMessageThatDoesNotEndIsGivenUp() {
        var machine = Self.machine()
        _ = machine.receive(Self.frame(1, "a", isLast: false), at: .seconds(1))
        for second in 2...30 {
            #expect(machine.receive(Self.frame(0, "a", isLast: false), at: .seconds(second)) == [])
            #expect(machine.tick(at: .seconds(second), isReading: true) == [])
        }
        let actions = machine.tick(at: .seconds(31), isReading: true)
        #expect(actions == Self.refusal(.endlessMessage(.seconds(30))))
    }

    @Test func aSilentPeerIsAskedAndGivenUp() {
        var machine = Self.machine()
        #expect(machine.tick(at: .seconds(19), isReading: true) == [])
        #expect(machine.tick(at: .seconds(20), isReading: true) == [.send(opcode: 9, [])])
        #expect(machine.tick(at: .seconds(39), isReading: true) == [])
        _ = machine.receive(Self.frame(10), at: .seconds(39))
        #expect(machine.tick(at: .seconds(41), isReading: true) == [])
        #expect(machine.tick(at: .seconds(59), isReading: true) == [.send(opcode: 9, [])])
        let actions = machine.tick(at: .seconds(79), isReading: true)
        #expect(actions == [.finish(.silent(.seconds(20))), .disconnect])
        #expect(machine.tick(at: .seconds(200), isReading: true) == [])
    }

    @Test func silenceSaysNothingWhileNobodyReads() {
        var machine = Self.machine()
        for second in stride(from: 10, through: 500, by: 10) {
            #expect(machine.tick(at: .seconds(second), isReading: false) == [])
        }
        #expect(machine.tick(at: .seconds(510), isReading: true) == [])
        #expect(machine.tick(at: .seconds(520), isReading: true) == [.send(opcode: 9, [])])
    }

    @Test func thePeersClosingIsAnsweredWithItsCode() {
        var machine = Self.machine()
        let frame = SocketFrame(opcode: 8, payload: [0x0F, 0xA0] + Array("kwaheri".utf8))
        #expect(
            machine.receive(frame, at: .zero) == [
                .send(opcode: 8, [0x0F, 0xA0]), .finish(.byPeer(SocketCloseCode(rawValue: 4000), reason: "kwaheri")),
            ]
        )
        #expect(machine.receive(Self.frame(1, "late"), at: .zero) == [])
        #expect(machine.tick(at: .seconds(4), isReading: true) == [])
        #expect(machine.tick(at: .seconds(5), isReading: true) == [.disconnect])
        var other = Self.machine()
        #expect(other.receive(Self.frame(8), at: .zero) == [.send(opcode: 8, []), .finish(.byPeer(nil, reason: ""))])
    }

    @Test func ourClosingWaitsForThePeers() {
        var machine = Self.machine()
        #expect(machine.close(.normal, reason: "bye", at: .zero) == [.send(opcode: 8, [3, 232, 98, 121, 101])])
        #expect(!machine.isOpen)
        #expect(machine.close(.normal, reason: "bye", at: .zero) == [])
        #expect(machine.receive(Self.frame(1, "late"), at: .zero) == [])
        #expect(machine.receive(Self.frame(8), at: .zero) == [.finish(.byUs(.normal))])
        #expect(machine.lose("over") == [])
    }

    @Test func aPeerThatDoesNotCloseIsLeft() {
        var machine = Self.machine()
        _ = machine.close(.normal, reason: "", at: .seconds(1))
        #expect(machine.tick(at: .seconds(5), isReading: true) == [])
        #expect(machine.tick(at: .seconds(6), isReading: true) == [.finish(.byUs(.normal)), .disconnect])
        var other = Self.machine()
        _ = other.close(.goingAway, reason: "", at: .zero)
        #expect(other.lose("over") == [.finish(.byUs(.goingAway))])
    }

    @Test func aConnectionThatBreaksIsLost() {
        var machine = Self.machine()
        #expect(machine.lose("over") == [.finish(.lost("over"))])
        #expect(machine.lose("over") == [])
        #expect(machine.receive(Self.frame(1), at: .zero) == [])
    }

    @Test func aReasonIsCutBetweenCharacters() throws {
        let bytes = ClosePayload(.normal, String(repeating: "é", count: 100)).bytes
        #expect(bytes.count == 124)
        #expect(try ClosePayload(parsing: bytes).reason == String(repeating: "é", count: 61))
    }
}
