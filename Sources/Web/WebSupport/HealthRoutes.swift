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
        router.get("/health") { _, _ in
            _ = try await context.database.read { try $0.first("SELECT 1 AS one") }
            return APIResponse.json(["status": "ok"])
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.text()))
            )
        }
    }
}
