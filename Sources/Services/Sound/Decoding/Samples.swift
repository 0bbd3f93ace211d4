/// Samples as bytes: 16 bits, the low byte first, which is how WAV files and this machine keep them.
enum Samples {
    static let bytesPerSecond = 16_000

    static func parse(_ bytes: ArraySlice<UInt8>) -> [Int16] {
        unsafe bytes.withUnsafeBytes { source in
            unsafe [Int16](unsafeUninitializedCapacity: source.count / 2) { target, count in
                count = source.count / 2
                unsafe UnsafeMutableRawBufferPointer(target).copyBytes(from: source.prefix(2 * count))
            }
        }
    }

    static func bytes(_ samples: [Int16]) -> [UInt8] {
        unsafe samples.withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// How long they last.
    static func duration(_ count: Int) -> Duration { .milliseconds(count / 8) }
}
