import MediaEngine
import SDPWire
import STUNWire
import SecureMedia
import TestSupport

@testable import WebRTCGateway

/// A browser as far as its packets go: it checks, shakes hands and sends sound from a socket of its own, or does so wrongly.
final class TestBrowser {
    private(set) var line: any PacketLine
    let context: DTLSContext
    private(set) var keys: SRTPKeys?
    private(set) var failure: DTLSFault?
    private var checker: Checker
    private let connection: DTLSConnection
    private var sender: SRTPSender?
    private var receiver: SRTPReceiver?
    private let port: Int

    init(to lab: BrowserLab, expects fingerprint: CertificateFingerprint? = nil) throws {
        port = lab.leg.localPort
        line = UDPLine(to: port)
        checker = Checker(lab.credentials)
        context = try DTLSContext(DTLSCertificate())
        connection = try DTLSConnection(
            .client,
            context,
            peer: [fingerprint ?? lab.context.certificate.fingerprint]
        )
    }

    /// Where it is.
    var address: STUNAddress { STUNAddress(.v4(0x7F00_0001), UInt16(line.port)) }

    /// Goes to another network.
    func move() { line = UDPLine(to: port) }

    /// Goes on by another way.
    func move(to other: any PacketLine) { line = other }

    func restart(_ credentials: ICECredentials) { checker = Checker(credentials) }

    /// Checks until it is answered.
    func check(nominates: Bool = false) async throws {
        for _ in 0..<200 {
            line.send(checker.check(nominates: nominates))
            for _ in 0..<20 {
                while let datagram = line.receive() {
                    if checker.read(datagram)?.type == STUNType(.success) { return }
                }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        throw WaitingTimeout(what: "no check was answered")
    }

    /// Shakes hands until there is an end of it.
    func shakeHands() async throws {
        var step = connection.start()
        for _ in 0..<20_000 {
            for datagram in step.datagrams { line.send(datagram) }
            switch step.news {
            case .established(let keys):
                self.keys = keys
                sender = try SRTPSender(keys.local)
                receiver = try SRTPReceiver(keys.remote)
                return
            case .failed(let fault):
                failure = fault
                return
            case .closed, nil: break
            }
            if let datagram = line.receive(), datagram.first ?? 0 >= 20 {
                step = DTLSPair.give(datagram, to: connection)
            } else {
                step = connection.retransmit()
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        throw WaitingTimeout(what: "no handshake came to an end")
    }

    /// A protected packet of silence.
    func packet(_ sequence: Int) throws -> [UInt8] {
        var bytes = Self.plain(sequence) + [UInt8](repeating: 0, count: SRTPSender.trailerByteCount)
        let plainCount = bytes.count - SRTPSender.trailerByteCount
        guard let sender else { throw WaitingTimeout(what: "there are no keys") }
        let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe sender.protect($0, count: plainCount) }
        return Array(bytes.prefix(count))
    }

    static func plain(_ sequence: Int) -> [UInt8] {
        [0x80, 8, UInt8(sequence >> 8 & 255), UInt8(sequence & 255), 0, 0, 0, UInt8(sequence & 255), 1, 2, 3, 4]
            + [UInt8](repeating: 0xD5, count: 160)
    }

    /// Waits for a packet of sound that is protected as agreed on.
    func hear() async throws {
        for _ in 0..<5000 {
            while var datagram = line.receive() {
                guard let first = datagram.first, first >= 128, let receiver else { continue }
                let count = unsafe datagram.withUnsafeMutableBytes { unsafe try? receiver.unprotect($0) }
                if count == 172 { return }
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw WaitingTimeout(what: "nothing is heard")
    }

    /// Waits for a datagram that begins with a byte.
    func waits(forFirst byte: UInt8) async throws {
        for _ in 0..<5000 {
            if line.receive()?.first == byte { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw WaitingTimeout(what: "nothing begins with \(byte)")
    }

    /// How many packets of sound have come and were not taken.
    func drain() -> Int {
        var count = 0
        while let datagram = line.receive() {
            if datagram.first ?? 0 >= 128 { count += 1 }
        }
        return count
    }
}
