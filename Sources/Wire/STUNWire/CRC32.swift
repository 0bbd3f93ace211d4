/// The checksum of ITU-T V.42, which FINGERPRINT is made of.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var value = UInt32.max
        unsafe table.withUnsafeBufferPointer { table in
            for place in bytes.indices {
                let index = unsafe UInt8(truncatingIfNeeded: value) ^ bytes[place]
                value = unsafe value >> 8 ^ table[Int(index)]
            }
        }
        return ~value
    }
}
