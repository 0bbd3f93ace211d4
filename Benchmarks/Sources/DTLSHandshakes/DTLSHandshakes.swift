import Foundation
import SDPWire
import SecureMedia
import WebRTCGateway

/// One side of many handshakes of DTLS-SRTP, one after the other: `dtls-handshakes serve PORT | call PORT COUNT`.
///
/// Each side prints its certificate's fingerprint and reads the other's, a line each. The side that calls prints how many
/// handshakes gave keys, and ends; the one that serves does so until it is told to end.
@main
struct DTLSHandshakes {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let port = UInt16(arguments[2]) else { return usage() }
        let count = arguments.count > 3 ? Int(arguments[3]) : nil
        guard (arguments[1] == "call") == (count != nil) else { return usage() }
        // Before a line is printed: whoever reads it may send at once.
        let socket = try count == nil ? DatagramSocket(boundTo: port) : DatagramSocket(connectedTo: port)
        let context = try DTLSContext(DTLSCertificate())
        // Not print(): into a pipe it would keep the line to itself.
        FileHandle.standardOutput.write(Data("\(context.certificate.fingerprint.text)\n".utf8))
        guard let peer = readLine().flatMap({ CertificateFingerprint($0) }) else { return usage() }
        if let count {
            try print(call(socket, context, peer, count))
        } else {
            try serve(socket, context, peer)
        }
    }

    private static func usage() {
        print("usage: dtls-handshakes serve PORT | call PORT COUNT")
    }

    /// Takes the handshakes of one caller at a time: it has a connection until it closes it.
    private static func serve(
        _ socket: DatagramSocket,
        _ context: DTLSContext,
        _ peer: CertificateFingerprint
    ) throws {
        var connection = try DTLSConnection(.server, context, peer: [peer])
        while true {
            let step = socket.receive { unsafe connection.receive($0) }
            for datagram in step.datagrams { socket.send(datagram) }
            switch step.news {
            case .closed, .failed: connection = try DTLSConnection(.server, context, peer: [peer])
            case .established, nil: break
            }
        }
    }

    /// Makes `count` handshakes; returns how many of them gave keys.
    private static func call(
        _ socket: DatagramSocket,
        _ context: DTLSContext,
        _ peer: CertificateFingerprint,
        _ count: Int
    ) throws -> Int {
        var established = 0
        for _ in 0..<count {
            let connection = try DTLSConnection(.client, context, peer: [peer])
            var step = connection.start()
            while step.news == nil {
                for datagram in step.datagrams { socket.send(datagram) }
                step = socket.receive { unsafe connection.receive($0) }
            }
            if case .established = step.news { established += 1 }
            for datagram in step.datagrams + connection.close().datagrams { socket.send(datagram) }
        }
        return established
    }
}
