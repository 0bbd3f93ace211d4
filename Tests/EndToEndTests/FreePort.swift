import Glibc
import TestSupport

/// Ports that are free now.
enum FreePort {
    private static let nextRange = Locked(0)

    /// A port that nobody listens on, for TCP and UDP.
    static func tcp() -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard unsafe bind(descriptor, generic, length) == 0,
                    unsafe getsockname(descriptor, generic, &length) == 0
                else { return 0 }
                return Int(UInt16(bigEndian: unsafe pointer.pointee.sin_port))
            }
        }
    }

    /// A range for a server's RTP that no other server of these tests has; taken ports within it are passed over.
    static func rtpRange() -> String {
        let index = nextRange.withLock { next in
            defer { next += 1 }
            return next
        }
        let first = 42_000 + 200 * (index % 50)
        return "\(first)-\(first + 199)"
    }
}
