import SecureMedia
import Testing

/// What is repeated, forged, changed or no packet at all is refused, and does no harm to what comes after it.
@Suite struct HostilePacketTests {
    private static func key(_ profile: SRTPProfile, _ byte: UInt8 = 1) -> SRTPMasterKey {
        SRTPMasterKey(profile, [UInt8](repeating: byte, count: profile.keyByteCount))
    }

    @Test(arguments: SRTPProfile.allCases)
    func aReplayIsRefused(profile: SRTPProfile) throws {
        let (sender, receiver) = (try SRTPSender(Self.key(profile)), try SRTPReceiver(Self.key(profile)))
        let sent = try (0..<300).map { try TestPacket(TestPacket.rtp($0)).protect(by: sender) }
        // In any order within the window, each once.
        for place in [3, 1, 2, 0] { try TestPacket(sent[place]).unprotect(by: receiver) }
        for place in 0...3 {
            #expect(throws: SRTPFailure.replayed) { try TestPacket(sent[place]).unprotect(by: receiver) }
        }
        try TestPacket(sent[299]).unprotect(by: receiver)
        #expect(throws: SRTPFailure.replayed, "too old") { try TestPacket(sent[100]).unprotect(by: receiver) }
        #expect(try TestPacket(sent[298]).unprotect(by: receiver) == TestPacket.rtp(298))
        let report = try TestPacket(SRTPVectorTests.plainReport).protectRTCP(by: sender)
        try TestPacket(report).unprotectRTCP(by: receiver)
        #expect(throws: SRTPFailure.replayed) { try TestPacket(report).unprotectRTCP(by: receiver) }
    }

    /// A number is not sent twice, so no key stream is used twice; it may wrap.
    @Test(arguments: SRTPProfile.allCases)
    func aNumberIsSentOnce(profile: SRTPProfile) throws {
        let (sender, receiver) = (try SRTPSender(Self.key(profile)), try SRTPReceiver(Self.key(profile)))
        for number in 65_500..<65_600 {
            let packet = TestPacket(TestPacket.rtp(number))
            try packet.protect(by: sender)
            #expect(try packet.unprotect(by: receiver) == TestPacket.rtp(number))
        }
        #expect(throws: SRTPFailure.replayed) { try TestPacket(TestPacket.rtp(65_599)).protect(by: sender) }
    }

    @Test(arguments: SRTPProfile.allCases)
    func anotherKeyIsRefused(profile: SRTPProfile) throws {
        let (sender, receiver) = (try SRTPSender(Self.key(profile, 2)), try SRTPReceiver(Self.key(profile)))
        let stranger = try TestPacket(TestPacket.rtp(5)).protect(by: sender)
        #expect(throws: SRTPFailure.unauthentic) { try TestPacket(stranger).unprotect(by: receiver) }
        #expect(throws: SRTPFailure.unauthentic) { try TestPacket(TestPacket.rtp(5)).unprotect(by: receiver) }
        let report = try TestPacket(SRTPVectorTests.plainReport).protectRTCP(by: sender)
        #expect(throws: SRTPFailure.unauthentic) { try TestPacket(report).unprotectRTCP(by: receiver) }
        // The number that was forged is still good.
        let honest = try TestPacket(TestPacket.rtp(5)).protect(by: SRTPSender(Self.key(profile)))
        #expect(try TestPacket(honest).unprotect(by: receiver) == TestPacket.rtp(5))
    }

    /// Not one bit may be changed, of the header neither.
    @Test(arguments: SRTPProfile.allCases)
    func whatWasChangedIsRefused(profile: SRTPProfile) throws {
        let (sender, receiver) = (try SRTPSender(Self.key(profile)), try SRTPReceiver(Self.key(profile)))
        let good = try TestPacket(TestPacket.rtp(9, payload: 20)).protect(by: sender)
        for place in good.indices {
            var changed = good
            changed[place] ^= 1
            #expect(throws: SRTPFailure.self, "byte \(place)") { try TestPacket(changed).unprotect(by: receiver) }
        }
        for count in 0..<good.count {
            #expect(throws: SRTPFailure.self, "\(count) bytes") {
                try TestPacket(Array(good.prefix(count))).unprotect(by: receiver)
            }
            #expect(throws: SRTPFailure.self, "\(count) bytes") {
                try TestPacket(Array(good.prefix(count))).unprotectRTCP(by: receiver)
            }
        }
        #expect(try TestPacket(good).unprotect(by: receiver) == TestPacket.rtp(9, payload: 20))
    }

    /// Headers that promise more than there is: contributing sources, an extension.
    @Test(arguments: SRTPProfile.allCases)
    func lengthsThatDoNotFitAreRefused(profile: SRTPProfile) throws {
        let (sender, receiver) = (try SRTPSender(Self.key(profile)), try SRTPReceiver(Self.key(profile)))
        for first in [UInt8(0x8F), 0x90, 0x9F, 0xBF, 0xFF] {
            var bytes = [UInt8](repeating: 0xFF, count: 30)
            bytes[0] = first
            #expect(throws: SRTPFailure.self) { try TestPacket(bytes).unprotect(by: receiver) }
            #expect(throws: SRTPFailure.self) { try TestPacket(Array(bytes.prefix(14))).protect(by: sender) }
        }
        #expect(throws: SRTPFailure.malformed) { try TestPacket([0x80]).protect(by: sender) }
        #expect(throws: SRTPFailure.malformed) { try TestPacket([0x80]).protectRTCP(by: sender) }
        #expect(throws: SRTPFailure.tooLong) { try TestPacket(TestPacket.rtp(1), room: 180).protect(by: sender) }
    }

    /// Whoever has the key may not make us remember sources without end.
    @Test func sourcesAreLimited() throws {
        let key = Self.key(.aes128CMSHA1Tag80)
        let receiver = try SRTPReceiver(key)
        for source in 0..<UInt8(SRTPReceiver.mostSources) {
            let sender = try SRTPSender(key)
            let packet = TestPacket(TestPacket.rtp(1, source: source))
            try packet.protect(by: sender)
            try packet.unprotect(by: receiver)
        }
        let one = try TestPacket(TestPacket.rtp(1, source: 99)).protect(by: SRTPSender(key))
        #expect(throws: SRTPFailure.tooManySources) { try TestPacket(one).unprotect(by: receiver) }
        let known = try TestPacket(TestPacket.rtp(2, source: 3)).protect(by: SRTPSender(key))
        #expect(try TestPacket(known).unprotect(by: receiver) == TestPacket.rtp(2, source: 3))
    }

    @Test func keysAreNotShown() {
        let key = SRTPMasterKey(.aes128GCM, [UInt8](repeating: 93, count: 28))
        var dumped = ""
        dump(SRTPKeys(local: key, remote: key), to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("93")) }
    }
}
