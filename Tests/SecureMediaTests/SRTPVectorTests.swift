import SecureMedia
import Testing

/// Packets protected with the master key of RFC 3711 appendix B.3, whose session keys are those that the appendix derives, and with
/// the counting keys of RFC 7714 section 16; what they must become was computed apart from this library.
@Suite struct SRTPVectorTests {
    static let plain = TestPacket.bytes("800f1234decafbadcafebabe abababababababababababababababab")
    static let plainReport = TestPacket.bytes("81c8000bcafebabe abababababababababababababababab")
    static let appendixB3 = "e1f97a0d3e018be0d64fa32c06de4139 0ec675ad498afeebb6960b3aabe6"
    static let counting = "000102030405060708090a0b0c0d0e0f"
    static let more = "101112131415161718191a1b1c1d1e1f"
    static let salt = "a0a1a2a3a4a5a6a7a8a9aaab"

    @Test(arguments: [
        (
            SRTPProfile.aes128CMSHA1Tag80, appendixB3,
            "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"
        ),
        (
            .aes128CMSHA1Tag32, appendixB3,
            "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc"
        ),
        (
            .aes128GCM, counting + salt,
            "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392"
        ),
        (
            .aes256GCM, counting + more + salt,
            "800f1234decafbadcafebabe0af7f21e8a90bdad7a425c9c31ed4bb1d90238917e7390a2793500e1681acaea"
        ),
    ])
    func packetsAreProtectedByTheBook(profile: SRTPProfile, key: String, expected: String) throws {
        let key = SRTPMasterKey(profile, TestPacket.bytes(key))
        let packet = TestPacket(Self.plain)
        #expect(try packet.protect(by: SRTPSender(key)) == TestPacket.bytes(expected))
        #expect(try packet.unprotect(by: SRTPReceiver(key)) == Self.plain)
    }

    @Test(arguments: [
        (
            SRTPProfile.aes128CMSHA1Tag80, appendixB3,
            "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"
        ),
        // Eighty bits for reports, whatever packets have (RFC 4568 section 6.2.2).
        (
            .aes128CMSHA1Tag32, appendixB3,
            "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"
        ),
        (
            .aes128GCM, counting + salt,
            "81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001"
        ),
        (
            .aes256GCM, counting + more + salt,
            "81c8000bcafebabe8abfafa780070a90e80f9161cf4aac081ed93aaa53c15b0f3ed1a3b984167b0380000001"
        ),
    ])
    func reportsAreProtectedByTheBook(profile: SRTPProfile, key: String, expected: String) throws {
        let key = SRTPMasterKey(profile, TestPacket.bytes(key))
        let packet = TestPacket(Self.plainReport)
        #expect(try packet.protectRTCP(by: SRTPSender(key)) == TestPacket.bytes(expected))
        #expect(try packet.unprotectRTCP(by: SRTPReceiver(key)) == Self.plainReport)
    }
}
