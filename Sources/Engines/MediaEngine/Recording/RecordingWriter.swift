import Dispatch
import Foundation

/// Writes the files of a recording on a queue of its own, so that the disk never holds up a media thread.
///
/// Unchecked: everything but `append` and `finish` runs on the queue, and these only hand over.
final class RecordingWriter: @unchecked Sendable {
    private enum Content {
        case received
        case sent
        case mix
        case stereo
    }

    private let queue = DispatchQueue(label: "recording")
    private let files: [(path: String, content: Content)]
    private var handles: [FileHandle] = []
    private var trimmer: SilenceTrimmer?
    private var sampleCount = 0
    private var failure: String?

    init(_ files: RecordingFiles, trimsSilence: Bool = false) {
        let wanted: [(String?, Content)] = [
            (files.received, .received), (files.sent, .sent), (files.mix, .mix), (files.stereo, .stereo),
        ]
        self.files = wanted.compactMap { path, content in path.map { ($0, content) } }
        if trimsSilence {
            trimmer = SilenceTrimmer(listensToSent: self.files.contains { $0.content != .received })
        }
        queue.async { self.open() }
    }

    /// Takes samples of both sides, equally many.
    func append(received: [Int16], sent: [Int16]) {
        queue.async { self.take(SilenceTrimmer.Sides(received: received, sent: sent)) }
    }

    /// Completes the headers and closes the files.
    func finish(pauses: Int, _ done: @escaping @Sendable (RecordingSummary) -> Void) {
        queue.async { done(self.close(pauses: pauses)) }
    }

    private func open() {
        attempt {
            for (path, content) in files {
                let folder = (path as NSString).deletingLastPathComponent
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                // A size that says "to the end of the file": a crash leaves something that players can read.
                let header = Self.header(content, dataByteCount: 0x7FFF_FFFF - 36)
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

    private func take(_ sides: SilenceTrimmer.Sides) {
        write(trimmer?.take(sides) ?? sides)
    }

    private func write(_ sides: SilenceTrimmer.Sides) {
        guard failure == nil, handles.count == files.count, sides.count > 0 else { return }
        attempt {
            for (handle, file) in zip(handles, files) {
                try handle.write(contentsOf: Self.data(Self.samples(file.content, sides)))
            }
            sampleCount += sides.count
        }
    }

    private func close(pauses: Int) -> RecordingSummary {
        if let rest = trimmer?.finish() { write(rest) }
        attempt {
            for (handle, file) in zip(handles, files) {
                let channels = file.content == .stereo ? 2 : 1
                try handle.seek(toOffset: 0)
                let header = Self.header(file.content, dataByteCount: 2 * channels * sampleCount)
                try handle.write(contentsOf: Data(header))
                try handle.close()
            }
        }
        handles = []
        return RecordingSummary(
            sampleCount: sampleCount,
            trimmed: .microseconds((trimmer?.trimmed ?? 0) * 125),
            pauses: pauses,
            failure: failure
        )
    }

    /// The first failure is kept; the call goes on without its recording.
    private func attempt(_ work: () throws -> Void) {
        do { try work() } catch { failure = failure ?? "\(error)" }
    }

    private static func header(_ content: Content, dataByteCount: Int) -> [UInt8] {
        WaveFile.header(dataByteCount: dataByteCount, channels: content == .stereo ? 2 : 1)
    }

    private static func samples(_ content: Content, _ sides: SilenceTrimmer.Sides) -> [Int16] {
        switch content {
        case .received: sides.received
        case .sent: sides.sent
        case .mix: zip(sides.received, sides.sent).map { Int16(clamping: Int($0) + Int($1)) }
        case .stereo: zip(sides.received, sides.sent).flatMap { [$0, $1] }
        }
    }

    private static func data(_ samples: [Int16]) -> Data {
        unsafe samples.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
    }
}
