import Glibc
import STUNWire

/// A connection that has not shown yet whose it is. Of its first packet not a byte too many is read: what follows is for the leg.
final class NewConnection {
    /// What came of reading.
    enum Progress {
        /// The packet is not whole yet.
        case waits
        /// It is.
        case whole
        /// It will never be.
        case over
    }

    let descriptor: Int32
    let remote: STUNAddress
    /// When it is too late, in nanoseconds.
    let deadline: UInt64
    /// What was read: a length, and as much of a packet.
    private(set) var bytes: [UInt8] = []

    init(_ descriptor: Int32, from remote: STUNAddress, until deadline: UInt64) {
        self.descriptor = descriptor
        self.remote = remote
        self.deadline = deadline
    }

    /// The first packet, once it is whole.
    var packet: ArraySlice<UInt8> { bytes.dropFirst(PacketFramer.headerByteCount) }

    private var missingByteCount: Int {
        guard bytes.count >= PacketFramer.headerByteCount else { return PacketFramer.headerByteCount - bytes.count }
        return PacketFramer.headerByteCount + length - bytes.count
    }

    private var length: Int { Int(bytes[0]) << 8 | Int(bytes[1]) }

    func read() -> Progress {
        while missingByteCount > 0 {
            var piece = [UInt8](repeating: 0, count: missingByteCount)
            let count = unsafe recv(descriptor, &piece, piece.count, Int32(MSG_DONTWAIT))
            bytes += piece.prefix(max(0, count))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return .waits }
            guard count > 0 else { return .over }
            if bytes.count == PacketFramer.headerByteCount, !(1...PacketFramer.longest).contains(length) {
                return .over
            }
        }
        return .whole
    }
}
