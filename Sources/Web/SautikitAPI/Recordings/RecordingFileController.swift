import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/recordings/…`: serves a recording to whoever has a signed link, without a key.
struct RecordingFileController {
    private let context: PlatformContext
    private let recordings: RecordingFiles
    private let files = FileIO()

    init(_ context: PlatformContext, recordings: RecordingFiles) {
        self.context = context
        self.recordings = recordings
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("{file}", get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let query = request.uri.queryParameters
        let id = try RecordingLink(context).verify(
            name: try api.parameters.require("file"),
            expires: try Query.text(query, "expires") ?? "",
            signature: try Query.text(query, "signature") ?? "",
            at: context.clock.now()
        )
        let file = try recordings.locate(try await FindRecording(context).byID(id))
        var headers: HTTPFields = [
            .contentType: "audio/wav", .acceptRanges: "bytes", .cacheControl: "private, no-store",
            .contentDisposition: "inline; filename=\"\(id.rendered(prefix: "rec")).wav\"",
        ]
        // Without a validator no If-Range can match, and then the whole file is meant (RFC 9110 section 13.1.5).
        let range = request.headers[.ifRange] == nil ? request.headers[.range] : nil
        switch ByteRange(range, size: file.size) {
        case .whole:
            let body = try await files.loadFile(path: file.path, context: api)
            return Response(status: .ok, headers: headers, body: body)
        case .part(let bytes):
            headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound)/\(file.size)"
            let body = try await files.loadFile(path: file.path, range: bytes, context: api)
            return Response(status: .partialContent, headers: headers, body: body)
        case .unsatisfiable:
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(file.size)"])
        }
    }
}
