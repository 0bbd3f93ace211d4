import COpenSSL
import SecureMedia
import Testing

/// RFC 3711 appendix B. Our layer is given master keys and gives packets, so the vectors are met halfway: key stream and code are
/// made here by OpenSSL of the keys that the appendix derives, and must be those of our packets.
@Suite struct AppendixBTests {
    /// Section B.3: of `SRTPVectorTests.appendixB3`.
    private static let cipherKey = TestPacket.bytes("C61E7A93744F39EE10734AFE3FF7A087")
    private static let cipherSalt = TestPacket.bytes("30CBBC08863D8C85D49DB34A9AE1")
    private static let authenticationKey = TestPacket.bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")

    /// AES in counter mode by its definition: blocks of a counter, encrypted one by one (section 4.1.1).
    private static func keyStream(
        _ key: [UInt8],
        salt: [UInt8],
        ssrc: UInt32,
        index: UInt64,
        blocks: Range<Int>
    ) -> [UInt8] {
        var counter = salt + [0, 0]
        for place in 0..<4 { counter[4 + place] ^= UInt8(truncatingIfNeeded: ssrc >> (24 - 8 * UInt32(place))) }
        for place in 0..<6 { counter[8 + place] ^= UInt8(truncatingIfNeeded: index >> (40 - 8 * UInt64(place))) }
        return blocks.flatMap { number in
            var block = counter
            (block[14], block[15]) = (UInt8(number >> 8), UInt8(number & 255))
            return encrypt(block, key)
        }
    }

    private static func encrypt(_ block: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let context = unsafe EVP_CIPHER_CTX_new()
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var (result, count) = ([UInt8](repeating: 0, count: 32), Int32(0))
        let isReady = unsafe EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), nil, key, nil) == 1
        let isDone = unsafe EVP_EncryptUpdate(context, &result, &count, block, Int32(block.count)) == 1
        precondition(isReady && isDone && count == 16, "OpenSSL has no AES")
        return Array(result.prefix(16))
    }

    /// Section B.2, of the maker of key streams above.
    @Test func theKeyStreamIsThatOfTheAppendix() {
        let key = TestPacket.bytes("2B7E151628AED2A6ABF7158809CF4F3C")
        let salt = TestPacket.bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD")
        let first = Self.keyStream(key, salt: salt, ssrc: 0, index: 0, blocks: 0..<3)
        #expect(
            first
                == TestPacket.bytes(
                    "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0"
                )
        )
        let last = Self.keyStream(key, salt: salt, ssrc: 0, index: 0, blocks: 0xFEFF..<0xFF02)
        #expect(
            last
                == TestPacket.bytes(
                    "EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44"
                )
        )
    }

    /// Section B.3, of our layer: packets are encrypted and signed by the keys that the appendix derives.
    @Test(arguments: [1, 2, 77, 30_000])
    func packetsHaveTheKeysOfTheAppendix(sequence: Int) throws {
        let master = SRTPMasterKey(.aes128CMSHA1Tag80, TestPacket.bytes(SRTPVectorTests.appendixB3))
        let plain = TestPacket.rtp(sequence)
        let sent = try TestPacket(plain).protect(by: SRTPSender(master))
        let stream = Self.keyStream(
            Self.cipherKey,
            salt: Self.cipherSalt,
            ssrc: 7,
            index: UInt64(sequence),
            blocks: 0..<10
        )
        let expected = plain.prefix(12) + zip(plain.dropFirst(12), stream).map { $0 ^ $1 }
        #expect(sent.count == plain.count + 10 && Array(sent.prefix(plain.count)) == Array(expected))
        // The packets that wrapped around count in the code, none so far (section 4.2).
        let message = Array(expected) + [0, 0, 0, 0]
        var code = [UInt8](repeating: 0, count: 20)
        let key = Self.authenticationKey
        let made = unsafe HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &code, nil)
        #expect(unsafe made != nil && Array(sent.suffix(10)) == Array(code.prefix(10)))
        #expect(try TestPacket(sent).unprotect(by: SRTPReceiver(master)) == plain)
    }
}
