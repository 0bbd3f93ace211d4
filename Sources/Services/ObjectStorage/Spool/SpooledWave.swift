import Foundation
import Platform

/// A WAV file whose writer is gone: 44 bytes of header with sizes that were never filled in, and the samples that got to the disk.
struct SpooledWave {
    private static let headerSize = 44

    let path: String

    /// Fills the sizes in; half a frame at the end is none.
    func complete() throws -> RecordingFacts {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { _ = try? handle.close() }
        let size = Int(clamping: try handle.seekToEnd())
        try handle.seek(toOffset: 0)
        let header = [UInt8](try handle.read(upToCount: Self.headerSize) ?? Data())
        guard header.count == Self.headerSize, header.starts(with: "RIFF".utf8), header[36...].starts(with: "data".utf8)
        else { throw ObjectFailure.damaged("\(path) does not begin as a recording does") }
        let bytesPerSecond = max(1, number(header[28..<32]))
        let bytesPerFrame = max(1, number(header[32..<34]))
        let dataSize = (size - Self.headerSize) / bytesPerFrame * bytesPerFrame
        try handle.truncate(atOffset: UInt64(Self.headerSize + dataSize))
        for (offset, value) in [(4, dataSize + 36), (40, dataSize)] {
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }))
        }
        try handle.synchronize()
        return RecordingFacts(
            duration: .milliseconds(dataSize * 1000 / bytesPerSecond),
            sizeBytes: Int64(Self.headerSize + dataSize),
            channels: RecordingChannels(count: number(header[22..<24]))
        )
    }

    private func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
