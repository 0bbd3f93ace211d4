import Foundation
import TestSupport

/// Kamailio in front of a server: what the server sends goes to the carrier or to the telephone that it names, all else to the
/// server. It stays on the way of every call (`Record-Route`), and prints each request that came back to it by its `Route`.
final class KamailioProxy: Sendable {
    let port: Int
    private let program: RunningProgram

    /// Starts a proxy on loopback and waits until it answers.
    ///
    /// - Parameters:
    ///   - server: the server's SIP port.
    ///   - carrier: where calls to numbers go.
    init(server: Int, carrier: Int) async throws {
        port = FreePort.any()
        program = try RunningProgram(
            "kamailio",
            [
                "-DD", "-E", "-m", "32", "-M", "8", "-f", Peers.file("proxy.cfg"), "-A",
                "LISTEN=udp:127.0.0.1:\(port)", "-A", "SERVER=\"sip:127.0.0.1:\(server)\"", "-A",
                "CARRIER=\"sip:127.0.0.1:\(carrier)\"", "-A", "SERVER_PORT=\(server)",
            ],
            leadsGroup: true
        )
        let peer = try await RawSIPPeer()
        let question = Self.question(to: port, from: peer.port)
        let port = port
        do {
            try await Waiting.until(within: .seconds(20)) {
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

    private static func question(to port: Int, from source: Int) -> [UInt8] {
        let lines = [
            "OPTIONS sip:127.0.0.1:\(port) SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:\(source);branch=z9hG4bKup;rport",
            "From: <sip:test@127.0.0.1>;tag=1", "To: <sip:127.0.0.1:\(port)>", "Call-ID: up", "CSeq: 1 OPTIONS",
            "Max-Forwards: 0", "Content-Length: 0", "", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
