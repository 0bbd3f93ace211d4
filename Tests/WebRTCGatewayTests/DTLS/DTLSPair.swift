import SDPWire
import SecureMedia

@testable import WebRTCGateway

/// A client of ours and a server of ours with a bad line between them.
final class DTLSPair {
    let client: DTLSConnection
    let server: DTLSConnection
    private(set) var clientNews: [DTLSStep.News] = []
    private(set) var serverNews: [DTLSStep.News] = []
    /// Of a hundred datagrams, how many are lost, sent twice, or overtaken.
    var (lost, doubled, overtaken) = (0, 0, 0)
    /// What somebody throws in between.
    var noise: [[UInt8]] = []
    private var toClient: [[UInt8]] = []
    private var toServer: [[UInt8]] = []
    private var random: SeededGenerator
    private(set) var sent: [[UInt8]] = []

    init(
        clientExpects: [CertificateFingerprint]? = nil,
        serverExpects: [CertificateFingerprint]? = nil,
        seed: UInt64 = 1,
        pace: DTLSPace = DTLSPace(first: .milliseconds(50), longest: .milliseconds(400))
    ) throws {
        let (first, second) = (try DTLSContext(DTLSCertificate()), try DTLSContext(DTLSCertificate()))
        client = try DTLSConnection(
            .client,
            first,
            peer: clientExpects ?? [second.certificate.fingerprint],
            pace: pace
        )
        server = try DTLSConnection(
            .server,
            second,
            peer: serverExpects ?? [first.certificate.fingerprint],
            pace: pace
        )
        random = SeededGenerator(seed: seed)
    }

    var clientKeys: SRTPKeys? { Self.keys(clientNews) }
    var serverKeys: SRTPKeys? { Self.keys(serverNews) }

    /// Lets both talk until both have news, or nothing moves for long.
    func run() async throws {
        let start = ContinuousClock.now
        perform(client.start(), ofClient: true)
        while clientNews.isEmpty || serverNews.isEmpty, start.duration(to: .now) < .seconds(30) {
            try await round()
        }
        // The last flight may have been lost: what is sent again is answered again.
        settle()
    }

    /// Delivers what is under way, without sending anything again.
    func settle() {
        while !(toClient.isEmpty && toServer.isEmpty) { deliver() }
    }

    func perform(_ step: DTLSStep, ofClient isClient: Bool) {
        sent += step.datagrams
        for datagram in step.datagrams where Int.random(in: 0..<100, using: &random) >= lost {
            let copies = Int.random(in: 0..<100, using: &random) < doubled ? 2 : 1
            for _ in 0..<copies { push(datagram, toServer: isClient) }
        }
        guard let news = step.news else { return }
        if isClient { clientNews.append(news) } else { serverNews.append(news) }
    }

    private func round() async throws {
        if toClient.isEmpty, toServer.isEmpty {
            perform(client.retransmit(), ofClient: true)
            perform(server.retransmit(), ofClient: false)
            try await Task.sleep(for: .milliseconds(1))
        } else {
            deliver()
        }
    }

    private func deliver() {
        if let datagram = toServer.first {
            toServer.removeFirst()
            perform(Self.give(datagram, to: server), ofClient: false)
        }
        if let datagram = toClient.first {
            toClient.removeFirst()
            perform(Self.give(datagram, to: client), ofClient: true)
        }
    }

    private func push(_ datagram: [UInt8], toServer isForServer: Bool) {
        var queue = isForServer ? toServer : toClient
        queue += noise
        let isOvertaking = !queue.isEmpty && Int.random(in: 0..<100, using: &random) < overtaken
        queue.insert(datagram, at: isOvertaking ? queue.count - 1 : queue.count)
        if isForServer { toServer = queue } else { toClient = queue }
    }

    static func give(_ datagram: [UInt8], to connection: DTLSConnection) -> DTLSStep {
        unsafe datagram.withUnsafeBytes { unsafe connection.receive($0) }
    }

    private static func keys(_ news: [DTLSStep.News]) -> SRTPKeys? {
        news.lazy.compactMap { if case .established(let keys) = $0 { keys } else { nil } }.first
    }
}
