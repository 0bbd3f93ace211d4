import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import WebSupport

/// `/v1/voice-actions`: what documents look like, and whether one is right.
struct VoiceActionsController {
    private let context: PlatformContext
    private let schema = ByteBuffer(string: VoiceActionSchema.text)

    init(_ context: PlatformContext) {
        self.context = context
    }

    func addPublic(to group: RouterGroup<APIContext>) {
        group.resource("schema.json", get: schema)
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("validate", post: validate)
    }

    @Sendable private func schema(_ request: Request, _ api: APIContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/schema+json", .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: schema)
        )
    }

    /// The body is the document itself, so a bad one is an answer and no error.
    @Sendable private func validate(_ request: Request, _ api: APIContext) async throws -> Response {
        try api.requirePrincipal().require(.callsRead)
        let base = try Query.text(request.uri.queryParameters, "base")
        if let base { try VoiceDocument.requireBase(base, field: "base") }
        let body = try await BodyReader.bytes(of: request, upTo: VoiceDocument.longestBytes)
        let report = try await CheckVoiceDocument(context)(
            bytes: Array(body),
            contentType: request.headers[.contentType],
            base: base
        )
        return APIResponse.json(report.json)
    }
}
