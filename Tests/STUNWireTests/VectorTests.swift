import STUNWire
import Testing

/// The test vectors of RFC 5769.
@Suite struct VectorTests {
    static let transaction = STUNTransaction(0xB7E7_A701, 0xBC34_D686_FA87_DFAE)
    static let password = TestAuthenticator(password: "VOkJxbRl1RmTxUk/WvJxBt")
    /// Section 2.1.
    static let request = bytes(
        """
        00010058 2112a442 b7e7a701bc34d686fa87dfae
        80220010 5354554e2074657374 20636c69656e74 00240004 6e0001ff 80290008 932ff9b151263b36
        00060009 6576746a3a68367659202020
        00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf
        """
    )
    /// Section 2.2.
    static let answer = bytes(
        """
        0101003c 2112a442 b7e7a701bc34d686fa87dfae
        8022000b 7465737420766563746f7220 00200008 0001a147e112a643
        00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96
        """
    )
    /// Section 2.3.
    static let answer6 = bytes(
        """
        01010048 2112a442 b7e7a701bc34d686fa87dfae
        8022000b 7465737420766563746f7220 00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
        00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c
        """
    )
    /// Section 2.4, whose REALM and NONCE are of a kind of credentials that ICE has not.
    static let longTerm = bytes(
        """
        00010060 2112a442 78ad3433c6ad72c029da412e
        00060012 e3839ee38388e383aae38383e382afe382b90000
        0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341
        0014000b 6578616d706c652e6f726700
        00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666
        """
    )

    @Test func theRequestIsRead() throws {
        let read = try TestMessage(Self.request)
        #expect(read.message.type == STUNType(.request) && read.message.transaction == Self.transaction)
        #expect(read.username == "evtj:h6vY" && read.message.priority == 0x6E00_01FF)
        #expect(read.message.role == .controlled(0x932F_F9B1_5126_3B36) && !read.message.nominates)
        #expect(read.isIntact && read.isSigned(by: Self.password) && read.message.unknown.isEmpty)
        #expect(!read.isSigned(by: TestAuthenticator(password: "VOkJxbRl1RmTxUk/WvJxBT")))
    }

    @Test func theAnswersAreRead() throws {
        let v4 = try TestMessage(Self.answer)
        #expect(v4.message.mappedAddress == STUNAddress(.v4(0xC000_0201), 32_853))
        let v6 = try TestMessage(Self.answer6)
        let host = STUNAddress.Host.v6(0x2001_0DB8_1234_5678, 0x0011_2233_4455_6677)
        #expect(v6.message.mappedAddress == STUNAddress(host, 32_853))
        for read in [v4, v6] {
            #expect(read.message.type == STUNType(.success) && read.message.transaction == Self.transaction)
            #expect(read.isIntact && read.isSigned(by: Self.password))
        }
    }

    @Test func longTermCredentialsAreForeignButSigned() throws {
        let read = try TestMessage(Self.longTerm)
        let user = "\u{30DE}\u{30C8}\u{30EA}\u{30C3}\u{30AF}\u{30B9}"
        #expect(read.username == user && read.message.unknown == [0x15, 0x14])
        #expect(
            read.isSigned(by: TestAuthenticator(username: user, realm: "example.org", password: "TheMatrIX"))
        )
    }

    /// What follows the signature may be changed by anybody, so it says nothing; the checksum notices it.
    @Test func everyBitIsSignedOrChecked() throws {
        for place in 0..<(8 * Self.request.count) {
            var changed = Self.request
            changed[place / 8] ^= 1 << (place % 8)
            guard let read = try? TestMessage(changed) else { continue }
            let isBehindSignature = place / 8 >= Self.request.count - 8
            #expect(read.isSigned(by: Self.password) == isBehindSignature, "bit \(place)")
            // A length that was changed can swallow the proofs.
            #expect(!read.isIntact || isBehindSignature || !read.message.hasIntegrity, "bit \(place)")
        }
    }
}
