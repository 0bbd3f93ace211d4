import Glibc

/// A datagram socket on loopback, for talking with programs that we did not write.
final class UDPLine: PacketLine {
    let port: Int
    private let descriptor: Int32
    /// Who wrote last.
    private var peer = sockaddr_in()

    init(to peerPort: Int? = nil) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
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
        if let peerPort { peer = Self.loopback(peerPort) }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) {
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = unsafe sendto(descriptor, bytes, bytes.count, 0, generic, length)
            }
        }
    }

    /// A datagram, if one is there.
    func receive() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe recvfrom(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT), generic, &length)
            }
        }
        return count < 0 ? nil : Array(bytes.prefix(count))
    }

    static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
