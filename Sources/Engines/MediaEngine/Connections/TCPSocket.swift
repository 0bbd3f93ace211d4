import CSockets
import Glibc
import STUNWire

/// The few socket calls that connections need.
enum TCPSocket {
    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 128
    /// Two seconds of sound; what is longer in coming is no use. The system doubles it.
    private static let sendBuffer: Int32 = 16_384

    /// Listens; 0 is any free port.
    ///
    /// - Throws: `MediaError.system`.
    static func listen(_ host: in_addr, _ port: Int) throws(MediaError) -> (descriptor: Int32, port: Int) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw .system(errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        var address = UDPSocket.address(host, port)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length) == 0 && Glibc.listen(descriptor, backlog) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else {
            let fault = errno
            close(descriptor)
            throw .system(fault)
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// The next connection that waits; nil, with the reason in `errno`, when there is none.
    static func accept(_ listener: Int32) -> (descriptor: Int32, remote: STUNAddress)? {
        var address = sockaddr_in()
        let descriptor = unsafe socket_accept(listener, &address)
        guard descriptor >= 0 else { return nil }
        // Each packet at once, and none that is old.
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_SNDBUF, sendBuffer)
        var remote = UDPSocket.address(of: address)
        remote.transport = .tcp
        return (descriptor, remote)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
