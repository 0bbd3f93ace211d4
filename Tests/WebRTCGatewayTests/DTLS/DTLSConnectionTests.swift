import SDPWire
import SecureMedia
import Testing

@testable import WebRTCGateway

/// Handshakes of ours with ourselves, over lines of every kind.
@Suite(.timeLimit(.minutes(2))) struct DTLSConnectionTests {
    /// So slow that nothing is sent again while a busy machine does something else.
    private static let unhurried = DTLSPace(first: .seconds(2))

    private static func fingerprint(_ byte: UInt8) throws -> CertificateFingerprint {
        try #require(CertificateFingerprint(.sha256, [UInt8](repeating: byte, count: 32)))
    }

    @Test func bothGetTheKeysOfBothWays() async throws {
        let pair = try DTLSPair()
        try await pair.run()
        let (client, server) = (try #require(pair.clientKeys), try #require(pair.serverKeys))
        #expect(client == SRTPKeys(local: server.remote, remote: server.local) && client.local != client.remote)
        #expect(client.local.profile == .aes128GCM)
        #expect(pair.client.retransmission == nil && pair.server.retransmission == nil)
        // What one protects the other believes.
        var packet = [UInt8](repeating: 0x80, count: 200)
        let sender = try SRTPSender(client.local)
        let receiver = try SRTPReceiver(server.remote)
        let count = try unsafe packet.withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: 8, toByteOffset: 1, as: UInt8.self)
            let count = try unsafe sender.protect(bytes, count: 100)
            return try unsafe receiver.unprotect(UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
        }
        #expect(count == 100)
    }

    @Test func keysAreFresh() async throws {
        let (one, other) = (try DTLSPair(), try DTLSPair())
        try await one.run()
        try await other.run()
        #expect(try #require(one.clientKeys) != #require(other.clientKeys))
    }

    /// Every datagram fits, and is of whole records.
    @Test func datagramsAreOfWholeRecords() async throws {
        let pair = try DTLSPair()
        try await pair.run()
        #expect(!pair.sent.isEmpty)
        for datagram in pair.sent {
            #expect(datagram.count <= DTLSConnection.datagramByteCount)
            var place = 0
            while place + 13 <= datagram.count {
                place += 13 + Int(datagram[place + 11]) << 8 + Int(datagram[place + 12])
            }
            #expect(place == datagram.count && (20...63).contains(datagram[0]))
        }
    }

    @Test(arguments: UInt64(1)...10)
    func aBadLineIsGoodEnough(seed: UInt64) async throws {
        let pair = try DTLSPair(seed: seed)
        (pair.lost, pair.doubled, pair.overtaken) = (20, 20, 40)
        try await pair.run()
        let (client, server) = (try #require(pair.clientKeys), try #require(pair.serverKeys))
        #expect(client.local == server.remote && client.remote == server.local)
    }

    /// Whatever somebody throws at both ends in between.
    @Test func noiseDoesNoHarm() async throws {
        let pair = try DTLSPair()
        var random = SeededGenerator(seed: 9)
        pair.noise = [
            [], [22], [0x16, 0xFE, 0xFD],
            [22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 9, 255, 255] + [UInt8](repeating: 7, count: 40),
            [UInt8](repeating: 22, count: 2048), [UInt8](repeating: 22, count: 9000),
            [63, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [20, 254, 253, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1],
            [23, 254, 253, 0, 0, 0, 0, 0, 0, 0, 3, 0, 4, 1, 2, 3, 4],
            (0..<500).map { _ in .random(in: 20...63, using: &random) },
        ]
        try await pair.run()
        #expect(pair.clientKeys != nil && pair.clientKeys?.local == pair.serverKeys?.remote)
        for datagram in pair.noise {
            #expect(DTLSPair.give(datagram, to: pair.client).news == nil)
            #expect(DTLSPair.give(datagram, to: pair.server).news == nil)
        }
    }

    // MARK: Certificates

    @Test func anotherCertificateIsRefused() async throws {
        let wrong = try Self.fingerprint(7)
        let first = try DTLSPair(serverExpects: [wrong])
        try await first.run()
        #expect(first.serverNews == [.failed(.wrongFingerprint)] && first.clientNews.contains(.failed(.refused)))
        let second = try DTLSPair(clientExpects: [wrong])
        try await second.run()
        #expect(second.clientNews == [.failed(.wrongFingerprint)] && second.serverKeys == nil)
        let third = try DTLSPair(clientExpects: [])
        try await third.run()
        #expect(third.clientKeys == nil)
        // What failed stays so.
        #expect(first.server.retransmission == nil && first.server.retransmit() == DTLSStep())
        #expect(DTLSPair.give(first.sent[0], to: first.server) == DTLSStep())
    }

    /// One of several fingerprints is enough, of whatever hash.
    @Test(arguments: CertificateFingerprint.Algorithm.allCases)
    func oneOfSeveralFingerprintsIsEnough(algorithm: CertificateFingerprint.Algorithm) throws {
        let certificate = try DTLSCertificate()
        let right = try #require(unsafe DTLSCertificate.fingerprint(certificate.certificate, algorithm))
        #expect(algorithm != .sha256 || right == certificate.fingerprint)
        let server = try DTLSContext(DTLSCertificate())
        let wrong = try Self.fingerprint(1)
        let listener = try DTLSConnection(.server, server, peer: [wrong, right], pace: Self.unhurried)
        let caller = try DTLSConnection(
            .client,
            DTLSContext(certificate),
            peer: [server.certificate.fingerprint],
            pace: Self.unhurried
        )
        var (toServer, news) = (caller.start().datagrams, [DTLSStep.News]())
        while !toServer.isEmpty {
            let steps = toServer.map { DTLSPair.give($0, to: listener) }
            let answers = steps.flatMap(\.datagrams).map { DTLSPair.give($0, to: caller) }
            toServer = answers.flatMap(\.datagrams)
            news += (steps + answers).compactMap(\.news)
        }
        #expect(news.count == 2)
    }

    @Test func certificatesAreRenewedByTime() throws {
        let identity = try DTLSIdentity(at: .seconds(5), lifetime: .seconds(100))
        let first = identity.context(at: .seconds(6))
        #expect(identity.context(at: .seconds(104)) === first)
        let second = identity.context(at: .seconds(105))
        #expect(second.certificate.fingerprint != first.certificate.fingerprint)
        #expect(identity.context(at: .seconds(106)) === second)
    }

    // MARK: The end

    @Test func aPeerThatIsSilentIsGivenUp() async throws {
        let context = try DTLSContext(DTLSCertificate())
        let client = try DTLSConnection(
            .client,
            context,
            peer: [context.certificate.fingerprint],
            pace: DTLSPace(first: .zero, longest: .zero)
        )
        var (flights, news) = ([client.start()], nil as DTLSStep.News?)
        let start = ContinuousClock.now
        while news == nil, start.duration(to: .now) < .seconds(60) {
            let step = client.retransmit()
            if !step.datagrams.isEmpty { flights.append(step) }
            news = step.news
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(news == .failed(.timedOut) && flights.count > 5)
        #expect(flights.allSatisfy { $0.datagrams.count == 1 })
    }

    @Test func anEndIsTold() async throws {
        let pair = try DTLSPair()
        try await pair.run()
        pair.perform(pair.client.close(), ofClient: true)
        pair.settle()
        #expect(pair.serverNews.last == .closed && pair.serverNews.count == 2)
        #expect(DTLSPair.give([22, 1, 2], to: pair.client) == DTLSStep())
    }

    /// When the last flight is lost, the one before it comes again, and is answered again.
    @Test func aLostLastFlightIsSentAgain() async throws {
        let pair = try DTLSPair(pace: Self.unhurried)
        var toServer = pair.client.start().datagrams
        var toClient = toServer.flatMap { DTLSPair.give($0, to: pair.server).datagrams }
        toServer = toClient.flatMap { DTLSPair.give($0, to: pair.client).datagrams }
        let done = toServer.map { DTLSPair.give($0, to: pair.server) }
        #expect(done.contains { $0.news != nil })
        var again: [[UInt8]] = []
        let start = ContinuousClock.now
        while again.isEmpty, start.duration(to: .now) < .seconds(30) {
            try await Task.sleep(for: .milliseconds(1))
            again = pair.client.retransmit().datagrams
        }
        toClient = again.flatMap { DTLSPair.give($0, to: pair.server).datagrams }
        #expect(!toClient.isEmpty)
        #expect(toClient.compactMap { DTLSPair.give($0, to: pair.client).news }.count == 1)
    }

    /// A greeting in two fragments, each in a datagram of its own, as browsers with long keys send it.
    @Test func aGreetingInFragmentsIsPutTogether() throws {
        let pair = try DTLSPair(pace: Self.unhurried)
        let whole = try #require(pair.client.start().datagrams.first)
        for isReversed in [false, true] {
            let pair2 = try DTLSPair(pace: Self.unhurried)
            let fragments = Self.fragments(whole)
            let steps = (isReversed ? fragments.reversed() : fragments).map { DTLSPair.give($0, to: pair2.server) }
            #expect(steps[0].datagrams.isEmpty && !steps[1].datagrams.isEmpty)
            #expect(steps.allSatisfy { $0.news == nil })
        }
    }

    /// Cuts the handshake message of the only record in the middle (RFC 6347 section 4.2.3).
    private static func fragments(_ datagram: [UInt8]) -> [[UInt8]] {
        let (message, body) = (Array(datagram[13..<25]), Array(datagram[25...]))
        let middle = body.count / 2
        return [(0, body[..<middle]), (middle, body[middle...])].enumerated().map { number, part in
            let (offset, bytes) = part
            let header = message[0..<6] + [0, UInt8(offset >> 8), UInt8(offset & 255), 0]
            let fragment = header + [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
            return datagram[0..<10] + [UInt8(number), UInt8(fragment.count >> 8), UInt8(fragment.count & 255)]
                + fragment
        }
    }
}
