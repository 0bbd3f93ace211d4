import CSockets
import Glibc
import RTPWire

/// Somebody who sends whatever bytes a test likes.
final class RawRTPPeer: Sendable {
    let port: Int
    private let descriptor: Int32

    init() {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        self.descriptor = descriptor
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = unsafe bind(descriptor, generic, length)
                _ = unsafe getsockname(descriptor, generic, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8], to port: Int) {
        var address = Self.loopback(port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = unsafe sendto(descriptor, bytes, bytes.count, 0, generic, length)
            }
        }
    }

    /// What has come since it was asked last.
    var received: [[UInt8]] {
        var packets: [[UInt8]] = []
        while true {
            var bytes = [UInt8](repeating: 0, count: 2000)
            let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return packets }
            packets.append(Array(bytes.prefix(count)))
        }
    }

    /// An RTP packet.
    ///
    /// - Parameter unitsPerPacket: of timestamps.
    static func packet(
        type: UInt8,
        sequence: Int,
        payload: [UInt8],
        ssrc: UInt32 = 77,
        unitsPerPacket: Int = 160
    ) -> [UInt8] {
        let header = RTPHeader(
            payloadType: type,
            marker: false,
            sequence: UInt16(truncatingIfNeeded: sequence),
            timestamp: UInt32(unitsPerPacket * sequence),
            ssrc: ssrc
        )
        var bytes = [UInt8](repeating: 0, count: RTPHeader.byteCount) + payload
        unsafe bytes.withUnsafeMutableBytes { unsafe header.write(to: $0) }
        return bytes
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
