import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Primitives
import WebSupport

/// `/v1/uploads/files/…`: serves an upload to whoever has a signed link, without a key.
struct UploadFileController {
    private let context: PlatformContext
    private let store: any UploadStore

    init(_ context: PlatformContext, store: any UploadStore) {
        self.context = context
        self.store = store
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("{file}", get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let query = request.uri.queryParameters
        let id = try UploadLink(context).verify(
            name: try api.parameters.require("file"),
            expires: try Query.text(query, "expires") ?? "",
            signature: try Query.text(query, "signature") ?? "",
            at: context.clock.now()
        )
        let upload = try await ReadUploads(context).byID(id)
        let bytes = try await store.read(upload.file)
        // A file of somebody's is never shown by the browser as a page of this server.
        var headers: HTTPFields = [
            .contentType: upload.mimeType, .acceptRanges: "bytes", .cacheControl: "private, no-store",
            .contentDisposition: "attachment",
        ]
        // Without a validator no If-Range can match, and then the whole file is meant (RFC 9110 section 13.1.5).
        let range = request.headers[.ifRange] == nil ? request.headers[.range] : nil
        switch ByteRange(range, size: bytes.count) {
        case .whole: return Response(status: .ok, headers: headers, body: body(bytes[...]))
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound)/\(bytes.count)"
            return Response(status: .partialContent, headers: headers, body: body(bytes[part]))
        case .unsatisfiable:
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(bytes.count)"])
        }
    }

    private func body(_ bytes: ArraySlice<UInt8>) -> ResponseBody {
        ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
}
