/// Where things are in a sealed file: a header, then chunks of 64 KiB, each with what AES-GCM adds. The last chunk may be
/// shorter, and is empty only in an empty file.
enum SealedLayout {
    /// Bytes of the file in each chunk.
    static let chunkSize: Int64 = 65_536
    /// A nonce of 12 bytes and a tag of 16.
    static let overhead: Int64 = 28
    static let headerSize: Int64 = 80

    static var sealedChunkSize: Int64 { chunkSize + overhead }

    /// How many chunks a file has; never none, so that an empty one is authenticated too.
    static func chunkCount(ofSize size: Int64) -> Int64 { max(1, (size + chunkSize - 1) / chunkSize) }

    /// How large a file becomes.
    static func sealedSize(ofSize size: Int64) -> Int64 { headerSize + size + overhead * chunkCount(ofSize: size) }

    /// How large a sealed file was; nil for a size that none has.
    static func size(ofSealed sealed: Int64) -> Int64? {
        let body = sealed - headerSize
        guard body >= overhead else { return nil }
        let (full, rest) = (body / sealedChunkSize, body % sealedChunkSize)
        if rest == 0 { return full * chunkSize }
        // An empty chunk after full ones is nothing that was ever sealed.
        guard rest > overhead || full == 0 && rest == overhead else { return nil }
        return full * chunkSize + rest - overhead
    }

    /// The chunks that hold a part of a file that is not empty.
    static func chunks(of part: Range<Int64>) -> ClosedRange<Int64> {
        (part.lowerBound / chunkSize)...((part.upperBound - 1) / chunkSize)
    }

    /// Where chunks are in the sealed file of a file with `size` bytes.
    static func place(of chunks: ClosedRange<Int64>, size: Int64) -> Range<Int64> {
        let end = headerSize + (chunks.upperBound + 1) * sealedChunkSize
        return (headerSize + chunks.lowerBound * sealedChunkSize)..<min(end, sealedSize(ofSize: size))
    }
}
