import Glibc
import NIOPosix
package import Platform

/// The bytes of a local file, read on threads that may wait for the disk.
package enum FileBytes {
    private static let pieceSize = 262_144

    /// Opens a file.
    ///
    /// - Parameter range: which part; all of it when nil. Bytes that the file does not have are left out.
    /// - Throws: `ObjectFailure.missing` when there is none, `.unavailable` for what else the system says.
    package static func read(_ path: String, _ range: Range<Int64>? = nil) async throws -> ObjectBytes {
        let file = try await OpenFile(reading: path)
        return ObjectBytes {
            var position = range?.lowerBound ?? 0
            let end = range?.upperBound ?? .max
            return {
                let count = Int(clamping: min(Int64(pieceSize), end - position))
                guard count > 0 else { return nil }
                let piece = try await file.read(count, at: position)
                position += Int64(piece.count)
                return piece.isEmpty ? nil : piece
            }
        }
    }
}
