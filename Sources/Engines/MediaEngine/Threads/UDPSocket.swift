import CSockets
import Glibc
import STUNWire

/// The few socket calls that media needs.
enum UDPSocket {
    /// A non-blocking socket bound to a port, or nil when the port is taken.
    static func bind(_ host: in_addr, _ port: Int) -> Int32? {
        let descriptor = socket(
            AF_INET,
            Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
            0
        )
        guard descriptor >= 0 else { return nil }
        var address = address(host, port)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Keeps a socket to one peer: packets need no address any more, and those of others go to a counter beside it.
    ///
    /// - Returns: the counter's descriptor, or nil when the system does none of this.
    static func fix(_ descriptor: Int32, to peer: sockaddr_in) -> Int32? {
        guard connect(descriptor, to: peer) else { return nil }
        // Connected first: as long as both are equal, the counter could get the peer's packets.
        let strays = socket_open_stray_counter(descriptor)
        if strays >= 0 { return strays }
        release(descriptor)
        return nil
    }

    /// Undoes `fix`; the socket stays bound. False when that fails.
    @discardableResult
    static func release(_ descriptor: Int32) -> Bool {
        var nobody = sockaddr_in()
        nobody.sin_family = sa_family_t(AF_UNSPEC)
        return connect(descriptor, to: nobody)
    }

    private static func connect(_ descriptor: Int32, to peer: sockaddr_in) -> Bool {
        var peer = peer
        return unsafe withUnsafePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    static func address(_ host: in_addr, _ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        address.sin_addr = host
        return address
    }

    /// An address of our family; nil for another.
    static func address(_ address: STUNAddress) -> sockaddr_in? {
        guard case .v4(let bits) = address.host else { return nil }
        return Self.address(in_addr(s_addr: bits.bigEndian), Int(address.port))
    }

    static func address(of socket: sockaddr_in) -> STUNAddress {
        STUNAddress(.v4(UInt32(bigEndian: socket.sin_addr.s_addr)), UInt16(bigEndian: socket.sin_port))
    }

    static func isSame(_ one: sockaddr_in, _ other: sockaddr_in) -> Bool {
        one.sin_port == other.sin_port && one.sin_addr.s_addr == other.sin_addr.s_addr
    }

    /// An IPv4 address of its dotted form.
    static func host(_ text: String) -> in_addr? {
        var host = in_addr()
        return unsafe inet_pton(AF_INET, text, &host) == 1 ? host : nil
    }
}
