import HTTPTypes
import Hummingbird
import NIOCore
import Platform

/// A file of the store's as an answer: whole, or the part that is asked for.
struct StoredFile {
    let vault: ObjectVault
    let name: String
    /// How many bytes it has.
    let size: Int
    /// What is said when it is not there.
    let gone: PlatformError
    /// What is said when the store cannot be read.
    let unreadable: PlatformError

    /// - Parameter headers: what it is.
    /// - Throws: `gone` or `unreadable`.
    func answer(_ request: Request, _ headers: HTTPFields) async throws -> Response {
        var headers = headers
        headers[.acceptRanges] = "bytes"
        // Without a validator no If-Range can match, and then the whole file is meant (RFC 9110 section 13.1.5).
        let range = request.headers[.ifRange] == nil ? request.headers[.range] : nil
        switch ByteRange(range, size: size) {
        case .whole:
            return Response(status: .ok, headers: headers, body: try await body(nil, request))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound)/\(size)"
            return Response(status: .partialContent, headers: headers, body: try await body(part, request))
        case .unsatisfiable:
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
    }

    /// Whether the store has it.
    ///
    /// - Throws: `gone` or `unreadable`.
    func requirePresent() async throws(PlatformError) {
        _ = try await reading { () async throws -> Int64 in
            guard let size = try await vault.size(of: name) else { throw ObjectFailure.missing(name) }
            return size
        }
    }

    private func body(_ part: ClosedRange<Int>?, _ request: Request) async throws(PlatformError) -> ResponseBody {
        let length = part?.count ?? size
        if request.method == .head {
            try await requirePresent()
            return ResponseBody(contentLength: length) { try await $0.finish(nil) }
        }
        let range = part.map { Int64($0.lowerBound)..<Int64($0.upperBound) + 1 }
        let bytes = try await reading { () async throws -> ObjectBytes in try await vault.read(name, range) }
        return ResponseBody(contentLength: length) { writer in
            for try await piece in bytes { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }

    private func reading<T>(_ work: () async throws -> T) async throws(PlatformError) -> T {
        do {
            return try await work()
        } catch ObjectFailure.missing {
            throw gone
        } catch {
            throw unreadable
        }
    }
}

extension StoredFile {
    /// A recording's mix.
    init(_ recording: Recording, in vault: ObjectVault) {
        self.init(
            vault: vault,
            name: recording.file,
            size: Int(recording.sizeBytes),
            gone: PlatformError(.recordingExpired, "The recording has been removed."),
            unreadable: PlatformError(.recordingFailed, "The recording cannot be read for the moment.")
        )
    }

    /// An uploaded file.
    init(_ upload: Upload, in vault: ObjectVault) {
        self.init(
            vault: vault,
            name: upload.file,
            size: Int(upload.sizeBytes),
            gone: PlatformError(.uploadNotFound, "The file has been removed."),
            unreadable: PlatformError(.serviceUnavailable, "The file cannot be read for the moment.")
        )
    }
}
