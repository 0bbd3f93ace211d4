import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Primitives
import WebSupport

/// `/v1/port-requests`: moving numbers between carriers.
struct PortsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: create)
        group.resource("{id}", get: get)
        group.resource("{id}/submit", post: submit)
        group.resource("{id}/cancel", post: cancel)
        group.resource("{id}/documents", post: addDocument)
        group.resource("{id}/documents/{document_id}", get: document, delete: removeDocument)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let query = request.uri.queryParameters
        let page = try await ReadPortRequests(context).page(
            workspaceID: principal.workspaceID,
            before: try Query.cursor(query),
            limit: try Query.integer(query, "limit", in: 1...100, default: 25)
        )
        return APIResponse.json(PortResponses.page(page.requests, hasMore: page.hasMore))
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let body = try await BodyReader.object(request)
        let created = try await CreatePortRequest(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            try PortWishRequest.read(body.document),
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            PortResponses.request(created.request),
            status: .created,
            headers: Idempotency.headers(isReplay: created.isReplay)
        )
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let found = try await ReadPortRequests(context).one(
            try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(PortResponses.request(found.request, found.documents))
    }

    @Sendable private func submit(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let submitted = try await AdvancePortRequest(context.asked(by: api.asker)).submit(
            try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(PortResponses.request(submitted))
    }

    @Sendable private func cancel(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let cancelled = try await AdvancePortRequest(context.asked(by: api.asker)).cancel(
            try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(PortResponses.request(cancelled))
    }

    /// The body is the file itself; what it is and its name are in the query.
    @Sendable private func addDocument(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let query = request.uri.queryParameters
        guard let kind = PortDocument.Kind(rawValue: try Query.text(query, "kind") ?? "") else {
            let known = PortDocument.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlatformError(.requestInvalid, "'kind' is one of \(known).", field: "kind")
        }
        let name = try Query.text(query, "name") ?? kind.rawValue
        let content = try await BodyReader.bytes(of: request, upTo: ManagePortDocuments.largest)
        let added = try await ManagePortDocuments(context.asked(by: api.asker)).add(
            Array(content),
            kind: kind,
            name: name,
            to: try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID,
            idempotency: try Idempotency.read(request, body: content)
        )
        return APIResponse.json(
            PortResponses.document(added.document),
            status: .created,
            headers: Idempotency.headers(isReplay: added.isReplay)
        )
    }

    @Sendable private func document(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let found = try await ManagePortDocuments(context).read(
            try documentID(api),
            of: try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID
        )
        // A file of somebody's is never shown by the browser as a page of this server.
        let headers: HTTPFields = [
            .contentType: found.document.contentType, .cacheControl: "no-store", .contentDisposition: "attachment",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: found.content)))
    }

    @Sendable private func removeDocument(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try documentID(api)
        try await ManagePortDocuments(context.asked(by: api.asker)).remove(
            id,
            of: try api.requireID(.portRequestNotFound),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(["id": .string(id.uuidString), "status": "deleted"])
    }

    private func principal(_ api: APIContext) throws(PlatformError) -> Principal {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        return principal
    }

    private func documentID(_ api: APIContext) throws(PlatformError) -> Identifier {
        try api.requireID(.portDocumentNotFound, "document_id")
    }
}
