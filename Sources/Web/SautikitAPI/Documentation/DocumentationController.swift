import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import WebSupport

/// `/v1/openapi.json` and what is made from it: pages for people, texts for programs that write programs.
struct DocumentationController {
    private let document: OpenAPIDocument
    private let text: ByteBuffer
    private let publicURL: String?
    /// Where the pages' library is; nil without.
    private let folder: String?

    /// - Parameter folder: holds `swagger-ui-bundle.js` and `swagger-ui.css`.
    init(_ document: OpenAPIDocument, publicURL: String?, folder: String?) {
        self.document = document
        self.publicURL = publicURL
        self.folder = folder
        text = ByteBuffer(bytes: document.json.bytes)
    }

    func add(to router: Router<APIContext>) {
        router.group("/v1").resource("openapi.json", get: openAPI)
        router.group("/llms.txt").resource(get: index)
        let docs = router.group("/docs")
        docs.resource(get: page)
        docs.resource("errors", get: errors)
        docs.resource("build-with-ai.md", get: prompt)
        docs.resource("assets/{file}", get: asset)
    }

    @Sendable private func openAPI(_ request: Request, _ api: APIContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: text)
        )
    }

    @Sendable private func index(_ request: Request, _ api: APIContext) async throws -> Response {
        Self.markdown(GuideText(document, server: OwnURL.base(publicURL, request)).index)
    }

    @Sendable private func prompt(_ request: Request, _ api: APIContext) async throws -> Response {
        Self.markdown(GuideText(document, server: OwnURL.base(publicURL, request)).prompt)
    }

    @Sendable private func errors(_ request: Request, _ api: APIContext) async throws -> Response {
        HTMLPage.response("Errors", body: ErrorPage.body)
    }

    @Sendable private func page(_ request: Request, _ api: APIContext) async throws -> Response {
        guard let folder, FileManager.default.isReadableFile(atPath: "\(folder)/swagger-ui-bundle.js") else {
            return HTMLPage.response("Sautikit API", body: ReferencePage.plain(document))
        }
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
            .contentSecurityPolicy: ReferencePage.contentSecurityPolicy,
        ]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: ReferencePage.page))
        )
    }

    /// One of a few known files, never a path of the client's.
    @Sendable private func asset(_ request: Request, _ api: APIContext) async throws -> Response {
        let name = try api.parameters.require("file")
        guard let asset = ReferencePage.assets[name], let content = content(of: asset, name) else {
            throw PlatformError(.requestNotFound, "There is nothing at this path.")
        }
        return Response(
            status: .ok,
            headers: [.contentType: asset.contentType, .cacheControl: "public, max-age=3600"],
            body: ResponseBody(byteBuffer: content)
        )
    }

    private func content(of asset: ReferencePage.Asset, _ name: String) -> ByteBuffer? {
        if let text = asset.text { return ByteBuffer(string: text) }
        return folder.flatMap { FileManager.default.contents(atPath: "\($0)/\(name)") }.map { ByteBuffer(bytes: $0) }
    }

    private static func markdown(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/markdown; charset=utf-8", .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
