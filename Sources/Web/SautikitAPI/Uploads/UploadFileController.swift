import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/uploads/files/…`: serves an upload to whoever has a signed link, without a key.
struct UploadFileController {
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
        let id = try UploadLink(context).verify(
            name: try api.parameters.require("file"),
            expires: try Query.text(query, "expires") ?? "",
            signature: try Query.text(query, "signature") ?? "",
            at: context.clock.now()
        )
        let upload = try await ReadUploads(context).byID(id)
        // A file of somebody's is never shown by the browser as a page of this server.
        return try await StoredFile(upload, in: vault).answer(
            request,
            [.contentType: upload.mimeType, .cacheControl: "private, no-store", .contentDisposition: "attachment"]
        )
    }
}
