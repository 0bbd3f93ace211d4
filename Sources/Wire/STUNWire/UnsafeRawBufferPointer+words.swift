extension UnsafeRawBufferPointer {
    /// Two bytes in network order; the caller has checked that they are there.
    func word16(at offset: Int) -> UInt16 {
        unsafe UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// Four bytes in network order; the caller has checked that they are there.
    func word32(at offset: Int) -> UInt32 {
        unsafe UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// Eight bytes in network order; the caller has checked that they are there.
    func word64(at offset: Int) -> UInt64 {
        unsafe UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
