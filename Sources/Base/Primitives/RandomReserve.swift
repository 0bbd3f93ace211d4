import Glibc

/// Random bits from the kernel's cryptographic generator, fetched 256 bytes at a time: more than that is refused
/// (getentropy(3)), and a call for each draw would cost more than all else that makes an identifier.
struct RandomReserve {
    private static let words = 32
    private var reserve: [UInt64] = []

    /// 64 bits that nobody was given before.
    mutating func next() -> UInt64 {
        if let word = reserve.popLast() { return word }
        reserve = Self.fetch()
        return reserve.removeLast()
    }

    private static func fetch() -> [UInt64] {
        unsafe [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
            let size = words * MemoryLayout<UInt64>.size
            // Only a kernel without the call makes it fail: nothing can go on without identifiers.
            precondition(unsafe getentropy(buffer.baseAddress, size) == 0, "the kernel gives no random bytes")
            count = words
        }
    }
}
