import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/recordings/…`: serves a recording to whoever has a signed link, without a key.
struct RecordingFileController {
    private let context: PlatformContext
    private let vault: ObjectVault

    init(_ context: PlatformContext, vault: ObjectVault) {
        self.context = context
        self.vault = vault
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
        let recording = try await FindRecording(context).byID(id)
        return try await StoredFile(recording, in: vault).answer(
            request,
            [
                .contentType: "audio/wav", .cacheControl: "private, no-store",
                .contentDisposition: "inline; filename=\"\(id.rendered(prefix: "rec")).wav\"",
            ]
        )
    }
}
