import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import WebSupport

/// What pages load to make calls: the browser SDK and the web phone. Where the gateway is the API says.
///
/// Pages of all origins may load them: they hold no secret, and customers' pages are elsewhere.
struct BrowserFiles: Sendable {
    /// Where `scripts/build-sdk` left them.
    let folder: String

    /// The files that are served, never a path of the client's; by their paths below `/browser` and in the folder.
    static let files = [
        "sautikit.js": "text/javascript; charset=utf-8",
        "sautikit.js.map": "application/json",
        "sautikit.mjs": "text/javascript; charset=utf-8",
        "sautikit.mjs.map": "application/json",
        "phone/index.html": "text/html; charset=utf-8",
        "phone/page.css": "text/css; charset=utf-8",
        "phone/phone.js": "text/javascript; charset=utf-8",
        "phone/phone.js.map": "application/json",
    ]

    /// The phone may be framed by customers' pages, may reach the gateway wherever it is, and runs no script of the page's own.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; media-src 'self' blob: mediastream:; \
        connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none'
        """

    /// Adds `/browser/…`.
    func add(to router: Router<APIContext>) {
        let group = router.group("browser")
        group.resource("phone", get: phone)
        group.resource("phone/{file}", get: { _, api in try file("phone/\(api.parameters.require("file"))") })
        group.resource("{file}", get: { _, api in try file(api.parameters.require("file")) })
    }

    /// Its scripts and styles are named relative to the page, so the page has to be in their folder.
    @Sendable private func phone(_ request: Request, _ api: APIContext) async throws -> Response {
        if request.uri.path.hasSuffix("/") { return try file("phone/index.html") }
        let query = request.uri.query.map { "?\($0)" } ?? ""
        return Response(status: .permanentRedirect, headers: [.location: "/browser/phone/\(query)"])
    }

    private func file(_ name: String) throws -> Response {
        guard let type = Self.files[name], let content = FileManager.default.contents(atPath: "\(folder)/\(name)")
        else {
            throw PlatformError(.requestNotFound, "There is nothing at this path.")
        }
        var headers: HTTPFields = [
            .contentType: type, .cacheControl: "public, max-age=300", .accessControlAllowOrigin: "*",
        ]
        if name == "phone/index.html" { headers[.contentSecurityPolicy] = Self.policy }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
    }
}
