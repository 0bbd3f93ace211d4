import Foundation
import TestSupport

/// Kamailio in front of a server: what the server sends goes to the carrier or to the telephone that it names, all else to the
/// server. It stays on the way of every call (`Record-Route`), and prints each request that came back to it by its `Route`.
final class KamailioProxy: Sendable {
    /// Where it takes UDP and TCP.
    let port = FreePort.any()
    /// Where it takes TLS.
    let tlsPort = FreePort.any()
    /// What it shows over TLS.
    let certificate: TestCertificate
    private let files: TemporaryFolder
    private let program: RunningProgram

    /// Starts a proxy on loopback and waits until it answers.
    ///
    /// - Parameters:
    ///   - server: the server's SIP port.
    ///   - transport: how it speaks to the server.
    ///   - serverCertificate: what the server must show over TLS; none will do when nil.
    ///   - carrier: where calls to numbers go.
    init(
        server: Int,
        by transport: String = "udp",
        trusting serverCertificate: TestCertificate? = nil,
        carrier: Int
    ) async throws {
        certificate = try await TestCertificate("IP:127.0.0.1", "DNS:localhost")
        files = try TemporaryFolder("kamailio")
        try Self.tlsSettings(certificate, trusting: serverCertificate ?? certificate)
            .write(toFile: files.path("tls.cfg"), atomically: true, encoding: .utf8)
        let words = [
            "PORT=\(port)", "TLS_PORT=\(tlsPort)", "TLS_FILE=\"\(files.path("tls.cfg"))\"",
            "SERVER=\"sip:127.0.0.1:\(server);transport=\(transport)\"", "SERVER_PORT=\(server)",
            "CARRIER=\"sip:127.0.0.1:\(carrier)\"",
        ]
        program = try RunningProgram(
            "kamailio",
            ["-DD", "-E", "-m", "64", "-M", "8", "-f", Peers.file("proxy.cfg")] + words.flatMap { ["-A", $0] },
            leadsGroup: true
        )
        let peer = try await RawSIPPeer()
        let question = Self.question(to: port, from: peer.port)
        do {
            try await Waiting.until(within: .seconds(20)) { [port] in
                if peer.responses.isEmpty { try await peer.send(question, to: port) }
                return peer.responses.isEmpty ? nil : true
            }
        } catch is WaitingTimeout {
            throw WaitingTimeout(what: "Kamailio: \(program.output)")
        }
        await peer.stop()
    }

    /// How many requests of a method came back to the proxy by their `Route`.
    func routed(_ method: String) -> Int {
        program.output.components(separatedBy: "routed \(method) ").count - 1
    }

    /// How many requests of a method the proxy has begun to relay.
    func relayed(_ method: String) -> Int {
        program.output.components(separatedBy: "relayed \(method) ").count - 1
    }

    private static func tlsSettings(_ own: TestCertificate, trusting server: TestCertificate) -> String {
        """
        [server:default]
        method = TLSv1.2+
        certificate = \(own.file)
        private_key = \(own.keyFile)
        [client:default]
        method = TLSv1.2+
        verify_certificate = yes
        require_certificate = yes
        ca_list = \(server.file)

        """
    }

    private static func question(to port: Int, from source: Int) -> [UInt8] {
        let lines = [
            "OPTIONS sip:127.0.0.1:\(port) SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:\(source);branch=z9hG4bKup;rport",
            "From: <sip:test@127.0.0.1>;tag=1", "To: <sip:127.0.0.1:\(port)>", "Call-ID: up", "CSeq: 1 OPTIONS",
            "Max-Forwards: 0", "Content-Length: 0", "", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
