import CSockets
import Glibc

/// The memory of a batch of packets: buffers, their slices, addresses and message headers, allocated once per thread.
@safe final class PacketBuffers {
    let count: Int
    let byteCount: Int
    let messages: UnsafeMutablePointer<socket_message>
    let slices: UnsafeMutablePointer<iovec>
    let sources: UnsafeMutablePointer<sockaddr_in>
    let bytes: UnsafeMutableRawPointer
    /// Room for one packet that we make, and one frame of samples.
    let outgoing: UnsafeMutableRawBufferPointer
    let frame: UnsafeMutableBufferPointer<Int16>

    init(count: Int, byteCount: Int) {
        self.count = count
        self.byteCount = byteCount
        unsafe messages = .allocate(capacity: count)
        unsafe slices = .allocate(capacity: count)
        unsafe sources = .allocate(capacity: count)
        unsafe bytes = .allocate(byteCount: count * byteCount, alignment: 16)
        unsafe outgoing = .allocate(byteCount: byteCount, alignment: 16)
        unsafe frame = .allocate(capacity: byteCount)
        unsafe messages.initialize(repeating: socket_message(), count: count)
        unsafe sources.initialize(repeating: sockaddr_in(), count: count)
        unsafe frame.initialize(repeating: 0)
        for index in 0..<count {
            unsafe (slices + index).initialize(to: iovec(iov_base: bytes + index * byteCount, iov_len: byteCount))
            unsafe messages[index].msg_hdr.msg_iov = unsafe slices + index
            unsafe messages[index].msg_hdr.msg_iovlen = 1
        }
    }

    deinit {
        unsafe messages.deallocate()
        unsafe slices.deallocate()
        unsafe sources.deallocate()
        unsafe bytes.deallocate()
        unsafe outgoing.deallocate()
        unsafe frame.deallocate()
    }

    /// Reads one packet: cheaper than a batch of one, whose second read finds nothing. Returns 1, or 0 for none.
    func receiveOne(_ descriptor: Int32) -> Int {
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let flags = Int32(MSG_DONTWAIT)
        let received = unsafe UnsafeMutableRawPointer(sources).withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe recvfrom(descriptor, bytes, byteCount, flags, $0, &length)
        }
        guard received >= 0 else { return 0 }
        unsafe messages[0].msg_len = UInt32(received)
        return 1
    }

    /// Reads what is there, up to a batch; returns how many packets, 0 for none.
    func receive(_ descriptor: Int32) -> Int {
        for index in 0..<count {
            unsafe slices[index].iov_len = byteCount
            unsafe messages[index].msg_hdr.msg_name = UnsafeMutableRawPointer(sources + index)
            unsafe messages[index].msg_hdr.msg_namelen = socklen_t(MemoryLayout<sockaddr_in>.size)
        }
        return max(0, Int(unsafe socket_receive_messages(descriptor, messages, UInt32(count))))
    }

    /// A packet that was read.
    func packet(_ index: Int) -> UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: bytes + index * byteCount, count: Int(messages[index].msg_len))
    }

    /// A packet that was read, with the room behind it.
    func slot(_ index: Int) -> UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: bytes + index * byteCount, count: byteCount)
    }

    /// Room for a piece of a stream, behind the first packet, into which its packets are copied one by one.
    var stream: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: bytes + byteCount, count: (count - 1) * byteCount)
    }

    /// Makes a packet that was read shorter or longer.
    func resize(_ index: Int, to count: Int) {
        unsafe messages[index].msg_len = UInt32(count)
    }

    /// Where a packet that was read came from.
    func source(_ index: Int) -> sockaddr_in { unsafe sources[index] }

    /// Makes a packet that was read the next one to send to `remote`, or to whom the socket is kept to when that is nil.
    func stage(_ index: Int, at place: Int, to remote: UnsafeMutablePointer<sockaddr_in>?) {
        unsafe slices[place].iov_base = bytes + index * byteCount
        unsafe slices[place].iov_len = Int(messages[index].msg_len)
        unsafe messages[place].msg_hdr.msg_name = UnsafeMutableRawPointer(remote)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe messages[place].msg_hdr.msg_namelen = remote == nil ? 0 : size
    }

    /// Sends what was staged; what the system does not take is lost, as datagrams are.
    func sendStaged(_ staged: Int, by descriptor: Int32) {
        if staged == 1 { return sendOne(by: descriptor) }
        if staged > 0 { _ = unsafe socket_send_messages(descriptor, messages, UInt32(staged)) }
        for index in 0..<staged { unsafe slices[index].iov_base = bytes + index * byteCount }
    }

    private func sendOne(by descriptor: Int32) {
        let (slice, header) = unsafe (slices[0], messages[0].msg_hdr)
        let remote = unsafe header.msg_name?.assumingMemoryBound(to: sockaddr.self)
        _ = unsafe sendto(
            descriptor,
            slice.iov_base,
            slice.iov_len,
            Int32(MSG_DONTWAIT),
            remote,
            header.msg_namelen
        )
        unsafe slices[0].iov_base = bytes
    }
}
