import HTTPTypes
package import Hummingbird
import Logging
import ServiceLifecycle
import TestSupport

/// A web server of a test on 127.0.0.1, which takes GET and POST requests.
package final class TestWebServer: Sendable {
    /// Where it listens.
    package let port: Int
    private let services: ServiceGroup

    /// Starts a server on a free port that answers every GET and POST with what `answer` says.
    package init(
        answer: @escaping @Sendable (Request, BasicRequestContext) async throws -> Response
    ) async throws {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        for method in [HTTPRequest.Method.get, .post] {
            router.on("**", method: method) { request, context in try await answer(request, context) }
        }
        var logger = Logger(label: "web")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { bound.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        self.services = services
        Task { try await services.run() }
        port = try await Waiting.first(of: ports)
    }

    // Not by cancelling: a connection that is being opened then would trap inside of NIO.
    deinit {
        Task { [services] in await services.triggerGracefulShutdown() }
    }
}
