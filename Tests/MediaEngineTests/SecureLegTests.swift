import MediaEngine
import SecureMedia
import TestSupport
import Testing

/// Legs whose packets are encrypted and authenticated.
@Suite(.timeLimit(.minutes(2))) struct SecureLegTests {
    private static func keys(_ profile: SRTPProfile = .aes128CMSHA1Tag80, _ byte: UInt8 = 1) -> SRTPKeys {
        SRTPKeys(
            local: SRTPMasterKey(profile, [UInt8](repeating: byte, count: profile.keyByteCount)),
            remote: SRTPMasterKey(profile, [UInt8](repeating: byte + 1, count: profile.keyByteCount))
        )
    }

    /// A secured leg and a plain one hear each other, whatever the law; so do two secured ones, and keys cross.
    @Test(arguments: SRTPProfile.allCases)
    func aBridgeSecuresOneSide(profile: SRTPProfile) async throws {
        let lab = try MediaLab(threads: 2)
        let (secured, plain) = (try lab.line(codec: .pcmu, keys: Self.keys(profile)), try lab.line())
        secured.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        plain.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        secured.leg.bridge(to: plain.leg)
        try await plain.hears(500, lab)
        try await secured.hears(900, lab)
        let other = try lab.line(keys: Self.keys(.aes256GCM, 7))
        other.leg.bridge(to: secured.leg)
        try await other.hears(500, lab)
        secured.phone.sendDigits("17#")
        try await Waiting.until { other.phoneDigits == "17#" ? true : nil }
        for leg in [secured.leg, plain.leg, other.leg, secured.phone, other.phone] {
            let quality = await leg.close()
            #expect(quality.dropped == 0 && quality.unsent == 0 && quality.lost == 0, "\(quality)")
        }
    }

    @Test func anEchoIsSecuredToo() async throws {
        let lab = try MediaLab()
        let line = try lab.line(keys: Self.keys())
        line.leg.setEcho(true)
        line.phone.play(.tone(hertz: 700, duration: .seconds(3600)))
        try await line.hears(700, lab)
    }

    /// Reports are secured, and counted with.
    @Test func reportsAreSecured() async throws {
        let lab = try MediaLab()
        let line = try lab.line(keys: Self.keys(.aes128GCM))
        try await Waiting.until(within: .seconds(40)) { await line.leg.statistics().roundTrip }
        #expect(await line.leg.close().dropped == 0)
    }

    /// What was said again, by somebody else, or in the clear is not heard; what follows is.
    @Test func whatIsNotThePeersIsDroppedAndCounted() async throws {
        let lab = try MediaLab()
        let (peer, keys) = (RawRTPPeer(), Self.keys())
        let leg = try lab.engine.openLeg()
        leg.connect(.loopback(peer.port, keys: keys))
        let (honest, thief) = (try SRTPSender(keys.remote), try SRTPSender(keys.local))
        let first = try Self.packet(1, by: honest)
        for bytes in [first, first, try Self.packet(2, by: thief), Self.plain(3), [0x80, 8], first] {
            peer.send(bytes, to: leg.localPort)
        }
        peer.send(try Self.packet(4, by: honest), to: leg.localPort)
        try await Waiting.until { await leg.statistics().received == 2 ? true : nil }
        let quality = await leg.close()
        #expect(quality.replayed == 2 && quality.unauthentic == 2 && quality.malformed == 1, "\(quality)")
        #expect(quality.dropped == 5)
    }

    /// Nobody takes a call over without its key, from wherever: a forged packet does not even say where the peer is.
    @Test func aForgedPacketMovesNobody() async throws {
        let lab = try MediaLab()
        let events = Locked<[MediaEvent]>([])
        let (stranger, peer, keys) = (RawRTPPeer(), RawRTPPeer(), Self.keys())
        let leg = try lab.engine.openLeg { event in events.withLock { $0.append(event) } }
        leg.connect(.loopback(peer.port, keys: keys))
        stranger.send(Self.plain(1), to: leg.localPort)
        try await Waiting.until { await leg.statistics().unauthentic == 1 ? true : nil }
        #expect(events.withLock { $0.isEmpty })
        peer.send(try Self.packet(1, by: SRTPSender(keys.remote)), to: leg.localPort)
        try await Waiting.until { await leg.statistics().received == 1 ? true : nil }
        #expect(events.withLock { $0 } == [.firstPacket])
    }

    /// The same keys again are no new beginning; others are.
    @Test func keysChangeInMidCall() async throws {
        let lab = try MediaLab()
        let line = try lab.line(keys: Self.keys())
        line.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        line.leg.play(.tone(hertz: 900, duration: .seconds(3600)))
        try await line.hears(900, lab)
        line.connect(keys: Self.keys())
        try await line.hears(900, lab)
        let before = await (line.leg.statistics().dropped, line.phone.statistics().dropped)
        #expect(before == (0, 0))
        line.connect(keys: Self.keys(.aes256GCM, 40))
        try await line.hears(900, lab)
        line.connect()
        try await line.hears(900, lab)
    }

    /// A plain peer that sends a number twice makes no second packet of the secured one's.
    @Test func aNumberIsPassedOnOnce() async throws {
        let lab = try MediaLab()
        let (plainPeer, securedPeer) = (RawRTPPeer(), RawRTPPeer())
        let (plain, secured) = (try lab.engine.openLeg(), try lab.engine.openLeg())
        plain.connect(.loopback(plainPeer.port))
        secured.connect(.loopback(securedPeer.port, keys: Self.keys()))
        plain.bridge(to: secured)
        for number in [1, 2, 2, 3] { plainPeer.send(Self.plain(number), to: plain.localPort) }
        try await Waiting.until { await plain.statistics().received == 4 ? true : nil }
        #expect(await secured.close().unsent == 1)
        #expect(await plain.close().unsent == 0)
    }

    private static func plain(_ number: Int) -> [UInt8] {
        RawRTPPeer.packet(type: 8, sequence: number, payload: [UInt8](repeating: 0xD5, count: 160))
    }

    private static func packet(_ number: Int, by sender: SRTPSender) throws -> [UInt8] {
        let plain = plain(number)
        let room = plain.count + SRTPSender.trailerByteCount
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 16)
        defer { unsafe buffer.deallocate() }
        unsafe buffer.copyBytes(from: plain)
        let count = try unsafe sender.protect(buffer, count: plain.count)
        return unsafe Array(buffer[0..<count])
    }
}
