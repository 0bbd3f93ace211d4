import Database
import HTTPTypes
package import Hummingbird
import NIOCore
package import Platform

/// `/health` and `/metrics`, for operators.
package struct HealthRoutes: Sendable {
    private let context: PlatformContext
    private let registry: MetricsRegistry

    /// Asks the context's database, and prints the registry.
    package init(_ context: PlatformContext, registry: MetricsRegistry) {
        self.context = context
        self.registry = registry
    }

    /// Adds the routes.
    package func add(to router: Router<APIContext>) {
        router.resource("/health", get: health)
        router.resource("/metrics", get: metrics)
    }

    @Sendable private func health(_ request: Request, _ api: APIContext) async throws -> Response {
        _ = try await context.database.read { try $0.first("SELECT 1 AS one") }
        return APIResponse.json(["status": "ok"])
    }

    @Sendable private func metrics(_ request: Request, _ api: APIContext) async throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: registry.text()))
        )
    }
}
