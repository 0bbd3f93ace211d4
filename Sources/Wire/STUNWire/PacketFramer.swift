/// Cuts a TCP stream into packets, each behind its length in two bytes (RFC 4571 section 2), as ICE-TCP sends them.
package struct PacketFramer: Sendable {
    /// The stream cannot be followed any more and must be closed.
    package enum Failure: Error, Equatable {
        /// A packet longer than any datagram of ours.
        case tooLarge
    }

    /// The longest packet.
    package static let longest = 1500
    /// The bytes before each packet.
    package static let headerByteCount = 2

    private var buffer: [UInt8] = []
    private var start = 0

    /// Makes a framer.
    package init() {}

    /// Bytes that wait for the rest of their packet.
    package var waitingByteCount: Int { buffer.count - start }

    /// Takes what arrived.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer.removeFirst(start)
        start = 0
        buffer += bytes
    }

    /// Takes what arrived, without an allocation once there is room.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.removeFirst(start)
        start = 0
        unsafe buffer.append(contentsOf: bytes)
    }

    /// The next packet, or nil until more arrives. An empty one is passed over.
    ///
    /// - Throws: `Failure`.
    package mutating func next() throws(Failure) -> ArraySlice<UInt8>? {
        while waitingByteCount >= Self.headerByteCount {
            let length = Int(buffer[start]) << 8 | Int(buffer[start + 1])
            guard length <= Self.longest else { throw .tooLarge }
            guard waitingByteCount >= Self.headerByteCount + length else { return nil }
            let first = start + Self.headerByteCount
            start = first + length
            if length > 0 { return buffer[first..<start] }
        }
        return nil
    }

    /// A packet behind its length; nil when it is too long.
    package static func frame(_ packet: some Collection<UInt8>) -> [UInt8]? {
        guard packet.count <= longest else { return nil }
        return [UInt8(packet.count >> 8), UInt8(packet.count & 255)] + packet
    }
}
