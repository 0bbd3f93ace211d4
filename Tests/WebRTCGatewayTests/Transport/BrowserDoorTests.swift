import MediaEngine
import SDPWire
import STUNWire
import SecureMedia
import TestSupport
import Testing

@testable import WebRTCGateway

/// Browsers that come by TCP, packet by packet, with whoever else may connect (RFC 6544, RFC 4571).
@Suite(.timeLimit(.minutes(3))) struct BrowserDoorTests {
    /// A lab with a door.
    private static func lab(_ change: (inout ConnectionLimits) -> Void = { _ in }) throws -> (BrowserLab, BrowserDoor) {
        var limits = ConnectionLimits()
        change(&limits)
        let lab = try BrowserLab(door: limits, threads: 2)
        return (lab, try #require(lab.door))
    }

    /// A browser at the door that has keys, and its connection.
    private static func connected(_ lab: BrowserLab, _ door: BrowserDoor) async throws -> (TestBrowser, TCPLine) {
        let (browser, line) = (try TestBrowser(to: lab), TCPLine(to: door.port))
        browser.move(to: line)
        try await browser.check(nominates: true)
        lab.transport.shakeHands(.server, lab.context, peer: [browser.context.certificate.fingerprint], on: lab.leg)
        try await browser.shakeHands()
        var audio = telephone(9)
        audio.keys = try await lab.keys()
        lab.leg.connect(audio)
        return (browser, line)
    }

    private static func counts(
        _ door: BrowserDoor,
        _ matches: @escaping @Sendable (ConnectionCounters) -> Bool
    ) async throws {
        try await Waiting.until { matches(door.counters) ? true : nil }
    }

    @Test func soundGoesBothWays() async throws {
        let (lab, door) = try Self.lab()
        let (browser, line) = try await Self.connected(lab, door)
        try await lab.waits(for: .nominated(STUNAddress(.v4(0x7F00_0001), UInt16(line.port), .tcp)))
        try await browser.hear()
        for number in 1...50 { line.send(try browser.packet(number)) }
        // One in pieces, and an empty one.
        let last = try #require(PacketFramer.frame(try browser.packet(51)))
        line.write([0, 0])
        for byte in last { line.write([byte]) }
        try await Waiting.until { await lab.leg.statistics().received == 51 ? true : nil }
        let quality = await lab.leg.statistics()
        #expect(quality.dropped == 0 && quality.lost == 0 && quality.unsent == 0, "\(quality)")
        #expect(door.counters.open == 1 && door.counters.taken == 1)
        _ = await lab.leg.close()
        try await line.untilClosed()
        try await Self.counts(door) { $0.open == 0 }
    }

    /// The last way that was nominated counts, whatever it is made of, and equal ports are not the same.
    @Test func theBrowserChangesBetweenBoth() async throws {
        let (lab, door) = try Self.lab()
        let (browser, _) = try await Self.connected(lab, door)
        try await browser.hear()
        browser.move()
        try await browser.check(nominates: true)
        try await browser.hear()
        browser.move(to: TCPLine(to: door.port))
        try await browser.check(nominates: true)
        try await browser.hear()
        #expect(await lab.leg.statistics().unauthentic == 0)
    }

    /// A connection that dies leaves the call to the next one.
    @Test func aConnectionMayDie() async throws {
        let (lab, door) = try Self.lab()
        let (browser, first) = try await Self.connected(lab, door)
        try await browser.hear()
        first.hangUp()
        try await first.untilClosed()
        try await Self.counts(door) { $0.open == 0 }
        for _ in 0..<6 {
            browser.move(to: TCPLine(to: door.port))
            try await browser.check(nominates: true)
            try await browser.hear()
        }
        // Former ones are not kept for ever.
        #expect(door.counters.open <= 4 && door.counters.taken == 7)
    }

    /// A leg that is bridged moves to the thread of the other, and its connections with it; what the other says goes out by them.
    @Test func connectionsMoveWithTheirLeg() async throws {
        let (lab, door) = try Self.lab()
        let (browser, line) = try await Self.connected(lab, door)
        // Of two threads each has one of two legs that were opened in turn.
        let (other, phone) = (try lab.engine.openLeg(), try lab.engine.openLeg())
        other.connect(Self.telephone(phone.localPort))
        phone.connect(Self.telephone(other.localPort))
        for _ in 0..<3 {
            lab.leg.bridge(to: other)
            try await browser.hear()
            other.bridge(to: phone)
            try await browser.hear()
        }
        lab.leg.bridge(to: other)
        let before = await phone.statistics().received
        for number in 1...20 { line.send(try browser.packet(number)) }
        try await Waiting.until { await lab.leg.statistics().received == 20 ? true : nil }
        try await Waiting.until { await phone.statistics().received > before + 20 ? true : nil }
        try await browser.hear()
        #expect(await phone.statistics().dropped == 0)
        #expect(door.counters.open == 1)
    }

    private static func telephone(_ port: Int) -> MediaParameters {
        MediaParameters(
            remoteHost: "127.0.0.1",
            remotePort: port,
            codec: .pcma,
            payloadType: 8,
            telephoneEventPayloadType: nil
        )
    }

    @Test func credentialsMayChange() async throws {
        let (lab, door) = try Self.lab()
        let (browser, _) = try await Self.connected(lab, door)
        var random = SystemRandomNumberGenerator()
        let renewed = ICECredentials(using: &random)
        lab.transport.restart(renewed, on: lab.leg)
        browser.restart(renewed)
        browser.move(to: TCPLine(to: door.port))
        try await browser.check(nominates: true)
        try await browser.hear()
        lab.transport.close()
        let late = TCPLine(to: door.port)
        late.send(Checker(renewed).check(nominates: true))
        try await late.untilClosed()
        #expect(door.counters.strange == 1)
    }

    // MARK: Others

    /// Whoever does not know a call's password gets no answer and no leg.
    @Test func strangersAreClosed() async throws {
        let (lab, door) = try Self.lab()
        let (browser, _) = try await Self.connected(lab, door)
        let name = lab.credentials.fragment
        let forged = try #require(ICECredentials(fragment: name, password: String(repeating: "x", count: 24)))
        let checker = Checker(lab.credentials)
        for packet in [
            Checker(forged).check(nominates: true), Checker(Checker.credentials("y")).check(nominates: true),
            checker.check(isSigned: false), checker.check(type: STUNType(.indication)),
            checker.check(username: "z:brow"),
            TestBrowser.plain(1), Array("GET / HTTP/1.1\r\n\r\n".utf8),
        ] {
            let stranger = TCPLine(to: door.port)
            stranger.send(packet)
            try await stranger.untilClosed()
        }
        #expect(door.counters.strange == 7 && door.counters.taken == 1)
        try await Self.counts(door) { $0.open == 1 }
        try await browser.hear()
        #expect(lab.news.withLock { $0.filter { if case .nominated = $0 { true } else { false } } }.count == 1)
    }

    /// Nobody waits at the door for ever, whole packet or not, and none is longer than a datagram.
    @Test func whoShowsNothingIsClosed() async throws {
        let (lab, door) = try Self.lab { $0.firstPacket = .milliseconds(300) }
        defer { lab.engine.shutDown() }
        let (silent, slow, long, gone) = (
            TCPLine(to: door.port), TCPLine(to: door.port), TCPLine(to: door.port), TCPLine(to: door.port)
        )
        slow.write([0, 100, 0, 1])
        long.write([0x05, 0xDD])
        gone.hangUp()
        for line in [silent, slow, long, gone] { try await line.untilClosed() }
        try await Self.counts(door) { $0.open == 0 && $0.silent == 4 }
    }

    /// Who has got in is cut off when its stream cannot be followed.
    @Test func aFrameThatIsTooLongEndsTheConnection() async throws {
        let (lab, door) = try Self.lab()
        let (browser, line) = try await Self.connected(lab, door)
        line.write([0xFF, 0xFF, 1, 2, 3])
        try await line.untilClosed()
        browser.move(to: TCPLine(to: door.port))
        try await browser.check(nominates: true)
        try await browser.hear()
    }

    @Test func connectionsAreCounted() async throws {
        let (lab, door) = try Self.lab { $0.connectionsPerAddress = 2 }
        defer { lab.engine.shutDown() }
        let (first, second) = (TCPLine(to: door.port), TCPLine(to: door.port))
        try await Self.counts(door) { $0.open == 2 }
        try await TCPLine(to: door.port).untilClosed()
        #expect(door.counters.refused == 1 && !first.isClosed)
        second.hangUp()
        try await Self.counts(door) { $0.open == 1 }
        _ = TCPLine(to: door.port)
        try await Self.counts(door) { $0.silent == 2 && $0.refused == 1 }
        let (other, small) = try Self.lab { $0.connections = 1 }
        defer { other.engine.shutDown() }
        let only = TCPLine(to: small.port)
        try await TCPLine(to: small.port).untilClosed()
        #expect(small.counters.refused == 1 && !only.isClosed)
    }

    /// A browser that does not read loses packets; what it reads later is whole, and nothing has waited in memory.
    @Test func aSlowReaderLosesPackets() async throws {
        let (lab, door) = try Self.lab()
        let (browser, line) = try await Self.connected(lab, door)
        try await Waiting.until(within: .seconds(90)) { await lab.leg.statistics().unsent > 20 ? true : nil }
        // More would have been lost only after more had waited: a few seconds of sound fit into the system's buffers.
        var packets = 0
        while let packet = line.receive() {
            #expect(packet.count <= 200)
            packets += 1
        }
        #expect(packets < 1000, "\(packets)")
        try await browser.hear()
    }
}
