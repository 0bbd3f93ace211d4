import SDPWire
import Testing

@testable import Voice

/// Our descriptions of a telephone's leg, as they follow each other.
@Suite struct PhoneOffersTests {
    private static let peer = CryptoSuite.allCases.enumerated().compactMap { number, suite in
        CryptoKey(suite, [UInt8](repeating: UInt8(number), count: suite.keyByteCount))
    }

    private static func offers() -> PhoneOffers { PhoneOffers(host: "192.0.2.1", port: 20_000, sessionID: 7) }

    /// What the peer offers, secured when it has keys.
    private static func offer(_ keys: [CryptoKey], version: UInt64 = 1) -> [UInt8] {
        OfferAnswer.offer(
            AudioEndpoint(address: "192.0.2.2", port: 30_000, keys: keys, sessionID: 8, version: version)
        ).bytes
    }

    /// What the peer answers to an offer of ours.
    private static func answer(_ offer: [UInt8], _ keys: [CryptoKey]) throws -> [UInt8] {
        let endpoint = AudioEndpoint(address: "192.0.2.2", port: 30_000, keys: keys, sessionID: 8)
        return try #require(OfferAnswer.answer(try SessionDescription(parsing: offer), endpoint)?.answer.bytes)
    }

    @Test func ourKeyStaysWhileTheSuiteDoes() throws {
        let offers = Self.offers()
        let first = try #require(offers.answer(Self.offer([Self.peer[0]]))?.audio.crypto)
        let again = try #require(offers.answer(Self.offer([Self.peer[0]], version: 2))?.audio.crypto)
        #expect(first == again && first.remote == Self.peer[0] && first.local.bytes != first.remote.bytes)
        let rekeyed = try #require(CryptoKey(Self.peer[0].suite, [UInt8](repeating: 99, count: 44)))
        let changed = try #require(offers.answer(Self.offer([rekeyed]))?.audio.crypto)
        #expect(changed.local == first.local && changed.remote == rekeyed)
    }

    /// A key that was given up is never used again.
    @Test func anotherSuiteHasAnotherKeyAndSoHasTheFirstOneLater() throws {
        let offers = Self.offers()
        let keys = try [0, 1, 0].map { try #require(offers.answer(Self.offer([Self.peer[$0]]))?.audio.crypto?.local) }
        #expect(keys[0].suite == keys[2].suite && keys[0].suite != keys[1].suite)
        #expect(Set(keys.map(\.bytes)).count == 3)
    }

    /// Each leg has keys of its own, each line too; the answer picks one.
    @Test func anOfferHasFreshKeys() throws {
        let (one, other) = (Self.offers(), Self.offers())
        let bodies = [one.offer(isSecured: true), other.offer(isSecured: true)]
        let lines = bodies.map { body in
            String(decoding: body, as: UTF8.self).split(separator: "\r\n").filter { $0.contains("inline:") }
        }
        #expect(lines.map(\.count) == [4, 4] && Set(lines.joined()).count == 8)
        #expect(one.offer(isSecured: true) == bodies[0])
        let audio = try #require(one.read(answer: try Self.answer(bodies[0], [Self.peer[2]])))
        let crypto = try #require(audio.crypto)
        #expect(crypto.remote == Self.peer[2] && crypto.local.suite == Self.peer[2].suite)
        // Within the call the key stays.
        #expect(one.answer(Self.offer([Self.peer[2]]))?.audio.crypto?.local == crypto.local)
    }

    /// Our last description may be repeated as an offer: to refresh the call, or when the peer asks without one.
    @Test func anAnswerToWhatWeRepeatIsRead() throws {
        let offers = Self.offers()
        let (body, audio) = try #require(offers.answer(Self.offer([Self.peer[3], Self.peer[2]])))
        let again = try #require(offers.read(answer: try Self.answer(body, [Self.peer[3]])))
        #expect(again.crypto == audio.crypto)
        let rekeyed = try #require(CryptoKey(Self.peer[3].suite, [UInt8](repeating: 99, count: 30)))
        let changed = try #require(offers.read(answer: try Self.answer(body, [rekeyed])))
        #expect(changed.crypto?.remote == rekeyed && changed.crypto?.local == audio.crypto?.local)
        // What was given up is not taken up again.
        let asked = Self.offers()
        let offer = asked.offer(isSecured: true)
        let choices = try [0, 1, 0].map { asked.read(answer: try Self.answer(offer, [Self.peer[$0]])) }
        #expect(choices.map { $0 != nil } == [true, true, false])
    }

    @Test func whatIsSecuredStaysSo() throws {
        let offers = Self.offers()
        #expect(offers.answer(Self.offer([]))?.audio.crypto == nil)
        #expect(offers.answer(Self.offer(Self.peer))?.audio.crypto != nil)
        #expect(offers.answer(Self.offer([])) == nil)
        // A stream that was refused is not what was agreed on.
        let both = Self.offers()
        let unusable = "m=audio 4 RTP/SAVP 0\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:AAAA\r\n"
        #expect(both.answer(Self.offer([]) + Array(unusable.utf8))?.audio.crypto == nil)
        #expect(both.answer(Self.offer([])) != nil)
        let asked = Self.offers()
        let offer = asked.offer(isSecured: true)
        #expect(asked.read(answer: Self.offer([])) == nil, "a plain answer")
        #expect(asked.read(answer: try Self.answer(offer, Self.peer)) != nil)
        #expect(asked.answer(Self.offer([])) == nil)
        // A device that can take nothing else is offered plain sound, in an INVITE of its own.
        _ = asked.offer(isSecured: false)
        #expect(asked.read(answer: Self.offer([])) != nil && asked.read(answer: Self.offer([Self.peer[0]])) == nil)
    }
}

extension LegAudio {
    /// The keys of a telephone's sound.
    fileprivate var crypto: NegotiatedCrypto? {
        if case .phone(let audio) = self { audio.crypto } else { nil }
    }
}
