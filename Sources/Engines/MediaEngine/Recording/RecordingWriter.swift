import Dispatch
import Foundation

/// Writes the three files on a queue of its own, so that the disk never holds up a media thread.
///
/// Unchecked: everything but `append` runs on the queue, and `append` only hands over.
final class RecordingWriter: @unchecked Sendable {
    private let queue = DispatchQueue(label: "recording")
    private let files: RecordingFiles
    private var handles: [FileHandle] = []
    private var sampleCount = 0
    private var failure: String?

    init(_ files: RecordingFiles) {
        self.files = files
        queue.async { self.open() }
    }

    /// Takes samples of both sides, equally many.
    func append(received: [Int16], sent: [Int16]) {
        queue.async { self.write(received, sent) }
    }

    /// Completes the headers and closes the files.
    func finish(_ done: @escaping @Sendable (RecordingSummary) -> Void) {
        queue.async { done(self.close()) }
    }

    private func open() {
        attempt {
            for path in [files.received, files.sent, files.mix] {
                let folder = (path as NSString).deletingLastPathComponent
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                // A size that says "to the end of the file": a crash leaves something that players can read.
                let header = WaveFile.header(dataByteCount: 0x7FFF_FFFF - 36)
                guard
                    FileManager.default.createFile(
                        atPath: path,
                        contents: Data(header),
                        attributes: [.posixPermissions: 0o600]
                    )
                else { throw CocoaError(.fileWriteUnknown) }
                let handle = try FileHandle(forWritingTo: URL(filePath: path))
                try handle.seekToEnd()
                handles.append(handle)
            }
        }
    }

    private func write(_ received: [Int16], _ sent: [Int16]) {
        guard failure == nil, handles.count == 3 else { return }
        let mix = zip(received, sent).map { Int16(clamping: Int($0) + Int($1)) }
        attempt {
            for (handle, samples) in zip(handles, [received, sent, mix]) {
                try handle.write(contentsOf: Self.data(samples))
            }
            sampleCount += received.count
        }
    }

    private func close() -> RecordingSummary {
        attempt {
            for handle in handles {
                try handle.seek(toOffset: 0)
                try handle.write(contentsOf: Data(WaveFile.header(dataByteCount: 2 * sampleCount)))
                try handle.close()
            }
        }
        handles = []
        return RecordingSummary(
            duration: .milliseconds(sampleCount / 8),
            mixByteCount: WaveFile.headerByteCount + 2 * sampleCount,
            failure: failure
        )
    }

    /// The first failure is kept; the call goes on without its recording.
    private func attempt(_ work: () throws -> Void) {
        do { try work() } catch { failure = failure ?? "\(error)" }
    }

    private static func data(_ samples: [Int16]) -> Data {
        unsafe samples.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
    }
}
