import Foundation
import HTTPTypes
import HummingbirdTesting
import MediaEngine
import NIOCore
import Platform
import SautikitAPI
import TestSupport

extension APIWorld {
    /// Half a second of a tone.
    static let wave: [UInt8] = {
        let samples = ToneGenerator.samples(hertz: 440, duration: .milliseconds(500))
        return WaveFile.header(dataByteCount: 2 * samples.count)
            + samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }()

    /// A file that is there already.
    func upload() async throws -> Upload {
        try await SaveUpload(context, vault: shelf.vault, inspector: inspector)(
            Self.wave,
            name: "greeting.wav",
            workspaceID: workspaceID
        ).upload
    }

    /// Sends a file as browsers do.
    func postFile(
        _ client: any TestClientProtocol,
        _ bytes: [UInt8],
        name: String = "greeting.wav",
        field: String = "file",
        boundary: String = "mpaka",
        key: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, json: JSONValue) {
        var headers = headers
        headers[.contentType] = "multipart/form-data; boundary=\(boundary)"
        headers[.authorization] = "Bearer \(key ?? apiKey)"
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n"
        var body = ByteBuffer(string: head + "Content-Type: audio/wav\r\n\r\n")
        body.writeBytes(bytes)
        body.writeString("\r\n--\(boundary)--\r\n")
        return try await client.execute(
            uri: "/v1/uploads/audio",
            method: .post,
            headers: headers,
            body: body
        ) { response in
            (response.status.code, try JSONValue(parsing: Data(response.body.readableBytesView)))
        }
    }
}
