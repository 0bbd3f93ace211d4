import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/recordings/…`: serves a recording to whoever has a signed link, without a key.
struct RecordingFileController {
    private let context: PlatformContext
    private let folder: String
    private let files = FileIO()

    init(_ context: PlatformContext, folder: String) {
        self.context = context
        self.folder = folder
    }

    func add(to group: RouterGroup<APIContext>) {
        group.get(":file", use: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let query = request.uri.queryParameters
        let id = try RecordingLink(context).verify(
            name: try api.parameters.require("file"),
            expires: Query.text(query, "expires") ?? "",
            signature: Query.text(query, "signature") ?? "",
            at: context.clock.now()
        )
        let recording = try await FindRecording(context).byID(id)
        let path = "\(folder)/\(recording.file)"
        let size = Int(recording.sizeBytes)
        var headers: HTTPFields = [
            .contentType: "audio/wav", .acceptRanges: "bytes", .cacheControl: "private, no-store",
        ]
        guard let range = request.headers[.range] else {
            return Response(status: .ok, headers: headers, body: try await files.loadFile(path: path, context: api))
        }
        guard let bytes = ByteRange.parse(range, size: size) else {
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound)/\(size)"
        return Response(
            status: .partialContent,
            headers: headers,
            body: try await files.loadFile(path: path, range: bytes, context: api)
        )
    }
}
