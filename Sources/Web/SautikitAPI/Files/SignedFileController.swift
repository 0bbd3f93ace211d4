import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// Serves files to whoever has a signed link, without a key.
struct SignedFileController: Sendable {
    /// What a link says: the last part of its path, and its query.
    struct Link {
        let name: String
        let expires: String
        let signature: String
    }

    /// A file and what it is served as.
    typealias Served = (file: StoredFile, headers: HTTPFields)

    /// Finds what a link leads to.
    private let find: @Sendable (Link) async throws -> Served

    init(find: @escaping @Sendable (Link) async throws -> Served) {
        self.find = find
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("{file}", get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let query = request.uri.queryParameters
        let link = Link(
            name: try api.parameters.require("file"),
            expires: try Query.text(query, "expires") ?? "",
            signature: try Query.text(query, "signature") ?? ""
        )
        let found = try await find(link)
        var headers = found.headers
        headers[.cacheControl] = "private, no-store"
        return try await found.file.answer(request, headers)
    }
}
