import Foundation
import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/uploads`: audio files that calls play (facts section 7.9).
struct UploadsController {
    /// What a form has around its file.
    private static let formBytes = 65_536

    private let context: PlatformContext
    private let vault: ObjectVault
    private let inspector: any AudioInspector
    private let publicURL: String?

    init(_ context: PlatformContext, vault: ObjectVault, inspector: any AudioInspector, publicURL: String?) {
        self.context = context
        self.vault = vault
        self.inspector = inspector
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("audio", get: list, post: create)
        group.resource("audio/{id}", get: get, delete: remove)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let query = request.uri.queryParameters
        let context = context.asked(by: api.asker)
        let page = try await ReadUploads(context).page(
            workspaceID: principal.workspaceID,
            before: try Query.cursor(query),
            limit: try Query.integer(query, "limit", in: 1...100, default: 25)
        )
        return APIResponse.json(
            UploadResponses.page(page.uploads, hasMore: page.hasMore) { link($0, context, request) },
            headers: [.cacheControl: "no-store"]
        )
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let file = try await file(of: request)
        let context = context.asked(by: api.asker)
        let save = SaveUpload(context, vault: vault, inspector: inspector)
        let saved = try await save(
            Array(file.content),
            name: file.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? "audio",
            workspaceID: principal.workspaceID,
            // The form around the file is another with each attempt; the file is the same.
            idempotency: try Idempotency.read(request, body: Data(file.content))
        )
        return APIResponse.json(
            UploadResponses.upload(saved.upload, link: link(saved.upload, context, request)),
            status: .created,
            headers: Idempotency.headers(isReplay: saved.isReplay)
        )
    }

    /// A link to the file, as recordings have it.
    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let context = context.asked(by: api.asker)
        let upload = try await ReadUploads(context).one(
            try api.requireID(.uploadNotFound),
            workspaceID: principal.workspaceID
        )
        let headers: HTTPFields = [.location: link(upload, context, request), .cacheControl: "no-store"]
        return Response(status: .found, headers: headers)
    }

    @Sendable private func remove(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try api.requireID(.uploadNotFound)
        try await RemoveUpload(context.asked(by: api.asker))(id, workspaceID: principal.workspaceID)
        return APIResponse.json(["id": .string(id.uploadID), "status": "deleted"])
    }

    private func principal(_ api: APIContext) throws(PlatformError) -> Principal {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        return principal
    }

    private func file(of request: Request) async throws -> FormPart {
        let body = try await BodyReader.bytes(of: request, upTo: Upload.largest + Self.formBytes)
        let parts = try MultipartForm.parts(of: Array(body), contentType: request.headers[.contentType])
        guard let file = parts.first(where: { $0.name == "file" }) else {
            throw PlatformError(.requestInvalid, "The form has no field 'file'.", field: "file")
        }
        return file
    }

    private func link(_ upload: Upload, _ context: PlatformContext, _ request: Request) -> String {
        let expiresAt = context.clock.now() + context.settings.uploadLinkLifetime
        return OwnURL.base(publicURL, request) + UploadLink(context).path(of: upload, expiresAt: expiresAt)
    }
}
