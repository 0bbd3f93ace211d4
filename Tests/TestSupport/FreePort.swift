import Glibc

/// Ports that are free now.
package enum FreePort {
    private static let next = Locked(Int.random(in: 12_000..<30_000))
    private static let nextRange = Locked(0)

    /// A port below those that the system gives out itself, which nobody has, for TCP or UDP; never the same twice.
    package static func any() -> Int {
        next.withLock { next in
            while true {
                // Four apart: a phone takes the port beside its own for TLS.
                next = next < 29_990 ? next + 4 : 12_000
                if canBind(next, SOCK_STREAM), canBind(next, SOCK_DGRAM) { return next }
            }
        }
    }

    private static func canBind(_ port: Int, _ type: __socket_type) -> Bool {
        // Not for the programs that other tests start just now: they would hold the port.
        let descriptor = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length) == 0
            }
        }
    }

    /// A range for a server's RTP that no other server of these tests has; taken ports within it are passed over.
    package static func rtpRange() -> String {
        let index = nextRange.withLock { next in
            defer { next += 1 }
            return next
        }
        let first = 42_000 + 200 * (index % 50)
        return "\(first)-\(first + 199)"
    }
}
