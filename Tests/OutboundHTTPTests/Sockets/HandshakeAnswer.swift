import Crypto
import Foundation

/// A server's answer to a WebSocket's handshake, right or wrong.
enum HandshakeAnswer {
    /// What RFC 6455 section 4.2.2 wants, with more lines, and bytes after it.
    static func right(_ key: String, _ lines: [String] = [], then bytes: [UInt8] = []) -> [UInt8] {
        answer(accept: accept(key), lines) + bytes
    }

    /// The answer with any key accepted.
    static func answer(
        accept: String,
        status: String = "101 Switching Protocols",
        upgrade: String = "websocket",
        connection: String = "Upgrade",
        _ lines: [String] = []
    ) -> [UInt8] {
        let all = [
            "HTTP/1.1 \(status)", "Upgrade: \(upgrade)", "Connection: \(connection)", "Sec-WebSocket-Accept: \(accept)",
        ]
        return Array(((all + lines).joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// The key and the GUID of the RFC, hashed.
    static func accept(_ key: String) -> String {
        let digest = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return Data(digest).base64EncodedString()
    }
}
