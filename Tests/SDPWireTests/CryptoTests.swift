import SDPWire
import Testing

/// The lines by which SRTP is keyed (RFC 4568).
@Suite struct CryptoTests {
    /// The keys of RFC 4568 section 1 and 7.1.
    static let first = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
    static let second = "NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj"

    @Test func aLineIsReadAndWritten() throws {
        let line = try CryptoAttribute(parsing: "1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.first)|2^20")
        #expect(line.tag == 1 && line.key.suite == .aes128CMSHA1Tag80)
        // That is what the example's author had on the screen.
        #expect(String(decoding: line.key.bytes, as: UTF8.self) == "YS___semctl () {\t220;}\n}\nunles")
        let offer = OfferAnswer.offer(
            AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: [line.key], sessionID: 7)
        )
        let text = String(decoding: offer.bytes, as: UTF8.self)
        #expect(text.contains("m=audio 20000 RTP/SAVP 8 0 101\r\n"))
        #expect(text.contains("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.first)\r\n"))
        #expect(try SessionDescription(parsing: offer.bytes) == offer)
    }

    /// Every suite has its length of keys, with padding or without it, and any lifetime up to 2^48.
    @Test(arguments: CryptoSuite.allCases, ["", "|2^48", "|2^0", "|1048576", "|281474976710656"])
    func everySuiteHasItsKey(suite: CryptoSuite, lifetime: String) throws {
        var random = SystemRandomNumberGenerator()
        let key = CryptoKey(suite, using: &random)
        let offer = OfferAnswer.offer(AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: [key], sessionID: 7))
        let value = try #require(offer.media[0].attributes.first { $0.name == "crypto" }?.value)
        for text in [value, String(value.reversed().drop { $0 == "=" }.reversed())] {
            #expect(try CryptoAttribute(parsing: text + lifetime + " WSH=64 -EXTRA=1").key == key)
        }
        let longer = value.replacing("inline:", with: "inline:AAAA")
        #expect(throws: CryptoFault.wrongKey) { try CryptoAttribute(parsing: longer) }
    }

    @Test(arguments: [
        ("", CryptoFault.malformed), ("1", .malformed), ("1 AES_CM_128_HMAC_SHA1_80", .malformed),
        ("x AES_CM_128_HMAC_SHA1_80 inline:\(first)", .malformed),
        ("-1 AES_CM_128_HMAC_SHA1_80 inline:\(first)", .malformed),
        ("1234567890 AES_CM_128_HMAC_SHA1_80 inline:\(first)", .malformed),
        ("\u{0661} AES_CM_128_HMAC_SHA1_80 inline:\(first)", .malformed),
        ("1 F8_128_HMAC_SHA1_80 inline:\(first)", .unknownSuite), ("1 \u{0} inline:\(first)", .unknownSuite),
        ("1 AES_CM_128_HMAC_SHA1_80 \(first)", .malformed), ("1 AES_CM_128_HMAC_SHA1_80 outline:\(first)", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:", .wrongKey), ("1 AES_CM_128_HMAC_SHA1_80 inline:====", .wrongKey),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)=", .wrongKey),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first.dropLast())", .wrongKey),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)AAAA", .wrongKey),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first.dropLast())*", .wrongKey),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|2^49", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|0", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|2^20|2^20", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|99999999999999999999", .malformed),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|2^20|1:4", .keyIdentifier),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first)|1:32", .keyIdentifier),
        ("2 AES_CM_128_HMAC_SHA1_80 inline:\(first)|2^20|1:4;inline:\(second)|2^20|2:4", .keyIdentifier),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first) UNENCRYPTED_SRTP", .parameter),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first) KDR=24", .parameter),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first) FEC_ORDER=FEC_SRTP", .parameter),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:\(first) WSH=", .parameter),
        ("1 AES_CM_128_HMAC_SHA1_80 inline:" + String(repeating: "A", count: 600), .tooLong),
    ])
    func whatWeCannotUseIsRefusedForItsReason(text: String, fault: CryptoFault) {
        #expect(throws: fault) { try CryptoAttribute(parsing: text) }
    }

    /// Whatever is cut from a line or put into it gives a line or a reason.
    @Test func readingIsTotal() throws {
        let line = Array("1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.first)|2^20 WSH=64".utf8)
        var read = 0
        for place in line.indices {
            for byte in [UInt8(0), 9, 32, 59, 61, 124, 128, 255] {
                var bytes = line
                bytes[place] = byte
                if (try? CryptoAttribute(parsing: String(decoding: bytes, as: UTF8.self))) != nil { read += 1 }
                _ = try? CryptoAttribute(parsing: String(decoding: bytes.prefix(place), as: UTF8.self))
            }
        }
        // A tab for a space.
        #expect(read > 0 && read < 20)
    }

    @Test func keysAreNotShown() throws {
        let key = try CryptoAttribute(parsing: "1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.first)").key
        let offer = OfferAnswer.offer(AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: [key], sessionID: 7))
        let (answer, audio) = try #require(
            OfferAnswer.answer(offer, AudioEndpoint(address: "192.0.2.2", port: 2, keys: [key], sessionID: 8))
        )
        var dumped = ""
        dump((key, offer, answer, audio), to: &dumped)
        for text in ["\(key)", "\(offer)", "\(answer)", "\(audio)", String(reflecting: (key, offer, audio)), dumped] {
            #expect(!text.contains(Self.first) && !text.contains("\(key.bytes[0]), \(key.bytes[1])"))
            #expect(!text.contains(": \(key.bytes[0])\n") && !text.contains("- \(key.bytes[0])\n"))
        }
    }
}
