import Glibc

/// A socket that blocks, on loopback. It answers whoever has sent last, or the one that it is connected to.
final class DatagramSocket {
    /// No system call that fails here can be gone on from.
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let descriptor: Int32
    private var peer: sockaddr_in
    private var buffer = [UInt8](repeating: 0, count: 2048)

    init(boundTo port: UInt16) throws(Failure) {
        (descriptor, peer) = (try Self.open(), Self.loopback(port))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafePointer(to: peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, size) }
        }
        guard result == 0 else { throw Failure(call: "bind", code: errno) }
    }

    init(connectedTo port: UInt16) throws(Failure) {
        (descriptor, peer) = (try Self.open(), Self.loopback(port))
    }

    deinit { close(descriptor) }

    func send(_ datagram: [UInt8]) {
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let sent = unsafe withUnsafePointer(to: peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(descriptor, datagram, datagram.count, 0, $0, size)
            }
        }
        precondition(sent == datagram.count, "sendto: \(errno)")
    }

    /// Waits for a datagram and lends it.
    func receive<Result>(_ take: (UnsafeRawBufferPointer) -> Result) -> Result {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = unsafe withUnsafeMutablePointer(to: &peer) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe recvfrom(descriptor, &buffer, buffer.count, 0, $0, &size)
            }
        }
        precondition(count >= 0, "recvfrom: \(errno)")
        return unsafe buffer.withUnsafeBytes { unsafe take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private static func open() throws(Failure) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        return descriptor
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
