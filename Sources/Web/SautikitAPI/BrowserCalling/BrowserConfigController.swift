import HTTPTypes
import Hummingbird
import Platform
import WebSupport

/// `/browser/config.json`: what a page of this server's own asks before it connects. Nothing in it is a secret.
struct BrowserConfigController {
    private let endpoint: @Sendable () -> String?

    /// - Parameter endpoint: where browsers connect; nil when this server has no gateway.
    init(endpoint: @escaping @Sendable () -> String?) {
        self.endpoint = endpoint
    }

    func add(to router: Router<APIContext>) {
        router.group("/browser").resource("config.json", get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        APIResponse.json(
            ["ws_url": JSONValue(endpoint())],
            // A page of another site may hold its token and look for the gateway here.
            headers: [.cacheControl: "no-cache", .accessControlAllowOrigin: "*"]
        )
    }
}
