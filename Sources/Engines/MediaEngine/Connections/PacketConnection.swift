import Glibc
package import STUNWire

/// A TCP connection that carries packets of one leg beside the leg's socket, each behind its length (RFC 4571 section 2).
///
/// Sound that is late is worth nothing, so there is no queue: what a slow reader does not take is lost, as datagrams are, but for
/// the rest of a packet whose beginning is on its way.
///
/// Unchecked: of one thread at a time, which is that of the leg once it has it.
package final class PacketConnection: @unchecked Sendable {
    /// The other end.
    package let remote: STUNAddress
    let descriptor: Int32
    private(set) var isOpen = true
    /// Packets that the other end did not take in time.
    private(set) var unsent: UInt64 = 0
    private var framer = PacketFramer()
    private var rest: [UInt8] = []
    private let onClose: @Sendable () -> Void

    /// Takes a connected socket over.
    ///
    /// - Parameters:
    ///   - beginning: what was read of it already, from its first byte on.
    ///   - onClose: called once, by whoever closes it.
    init(
        _ descriptor: Int32,
        from remote: STUNAddress,
        beginning: [UInt8],
        onClose: @escaping @Sendable () -> Void
    ) {
        self.descriptor = descriptor
        self.remote = remote
        self.onClose = onClose
        framer.append(beginning)
    }

    deinit { close() }

    /// Closes it; a second time nothing happens.
    func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
        onClose()
    }

    // MARK: Reading

    /// Reads what is there, as much as there is room for; false when nothing more can come.
    func read(through buffer: UnsafeMutableRawBufferPointer) -> Bool {
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if count > 0 {
            unsafe framer.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return true
        }
        return count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// Copies the next whole packet, whose length it returns; nil until more has come. A stream that cannot be followed is closed.
    func next(into packet: UnsafeMutableRawBufferPointer) -> Int? {
        do throws(PacketFramer.Failure) {
            guard isOpen, let found = try framer.next() else { return nil }
            unsafe packet.copyBytes(from: found)
            return found.count
        } catch {
            close()
            return nil
        }
    }

    // MARK: Writing

    /// Sends a packet, or loses it.
    func send(_ packet: UnsafeRawBufferPointer) {
        guard isOpen, packet.count <= PacketFramer.longest, flush() else {
            unsent += 1
            return
        }
        unsafe withUnsafeTemporaryAllocation(
            byteCount: PacketFramer.headerByteCount + packet.count,
            alignment: 2
        ) { frame in
            unsafe frame.storeBytes(of: UInt16(packet.count).bigEndian, as: UInt16.self)
            unsafe UnsafeMutableRawBufferPointer(rebasing: frame[PacketFramer.headerByteCount...])
                .copyMemory(from: packet)
            let taken = unsafe write(UnsafeRawBufferPointer(frame))
            if taken == 0 { unsent += 1 } else { unsafe rest.append(contentsOf: frame[taken...]) }
        }
    }

    /// Sends the rest of a packet; whether another may follow.
    private func flush() -> Bool {
        guard !rest.isEmpty else { return true }
        let taken = unsafe rest.withUnsafeBytes { unsafe write($0) }
        rest.removeFirst(taken)
        return rest.isEmpty && isOpen
    }

    /// How many bytes the system takes; a connection that is broken is closed.
    private func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let count = unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
        if count < 0, errno != EAGAIN, errno != EINTR { close() }
        return max(0, count)
    }
}
