import Glibc
import STUNWire
import TestSupport

/// A connection on loopback that carries packets as RFC 4571 says, from its other end.
final class TCPLine: PacketLine, Sendable {
    private struct State {
        var framer = PacketFramer()
        var isClosed = false
    }

    let port: Int
    private let descriptor: Int32
    private let state = Locked(State())

    /// Whether the other end had closed when it was last asked for something.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    init(to peerPort: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        var small: Int32 = 4096
        // So that it is soon full when nobody reads.
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &small, 4)
        var address = UDPLine.loopback(peerPort)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                precondition(unsafe connect(descriptor, generic, length) == 0)
                _ = unsafe getsockname(descriptor, generic, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    func send(_ packet: [UInt8]) {
        if let frame = PacketFramer.frame(packet) { write(frame) }
    }

    /// Sends bytes as they are, unless the other end has closed.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = Array(rest)
            let count = unsafe Glibc.send(descriptor, chunk, chunk.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more comes.
    func hangUp() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// A packet, if one is there.
    func receive() -> [UInt8]? {
        state.withLock { state in
            if let packet = Self.next(&state) { return packet }
            read(&state)
            return Self.next(&state)
        }
    }

    /// Waits until the other end closes.
    func untilClosed() async throws {
        try await Waiting.until {
            _ = self.receive()
            return self.isClosed ? true : nil
        }
    }

    private func read(_ state: inout State) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        if count > 0 {
            state.framer.append(bytes.prefix(count))
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            state.isClosed = true
        }
    }

    private static func next(_ state: inout State) -> [UInt8]? {
        do {
            return try state.framer.next().map { Array($0) }
        } catch {
            preconditionFailure("this is no stream of packets")
        }
    }
}
