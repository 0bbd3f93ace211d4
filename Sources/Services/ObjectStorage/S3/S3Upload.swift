import Foundation
import NIOHTTP1
import Platform

/// One large file on its way in parts.
final class S3Upload {
    private let name: String
    private let connection: S3Connection
    private let id: String
    private var tags: [String] = []

    /// Begins.
    init(_ name: String, _ connection: S3Connection) async throws {
        let answer = try await connection.ask(.init(method: .POST, name: name, query: [("uploads", "")]))
        guard let id = answer.element("UploadId"), !id.isEmpty else {
            throw ObjectFailure.unavailable("an answer without an UploadId")
        }
        self.name = name
        self.connection = connection
        self.id = id
    }

    /// How many parts are there.
    var partCount: Int { tags.count }

    func send(_ body: [UInt8]) async throws {
        let query = [("partNumber", "\(tags.count + 1)"), ("uploadId", id)]
        let answer = try await connection.ask(.init(method: .PUT, name: name, query: query, body: body))
        guard let tag = answer.headers.first(name: "etag") else {
            throw ObjectFailure.unavailable("an answer without an ETag")
        }
        tags.append(tag)
    }

    /// Makes one file of the parts.
    func complete() async throws {
        let parts = tags.enumerated().map { index, tag in
            let text = tag.split(separator: "\"").joined()
            return "<Part><PartNumber>\(index + 1)</PartNumber><ETag>&quot;\(text)&quot;</ETag></Part>"
        }
        let document = "<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>"
        let call = S3Connection.Call(
            method: .POST,
            name: name,
            query: [("uploadId", id)],
            headers: [("content-type", "application/xml")],
            body: Array(document.utf8)
        )
        _ = try await connection.ask(call)
    }

    /// Deletes the parts, also when the upload was cancelled. What the store does not hear, a rule of the bucket's has to delete.
    func abort() async {
        let call = S3Connection.Call(method: .DELETE, name: name, query: [("uploadId", id)])
        await Task { [connection] in _ = try? await connection.ask(call) }.value
    }
}
