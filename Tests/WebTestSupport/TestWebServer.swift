import HTTPTypes
package import Hummingbird
import HummingbirdTLS
import Logging
import NIOSSL
import ServiceLifecycle
import TestSupport

/// A web server of a test on 127.0.0.1, which takes GET and POST requests.
package final class TestWebServer: Sendable {
    /// Where it listens.
    package let port: Int
    private let services: ServiceGroup

    /// Starts a server on a free port that answers every GET and POST with what `answer` says.
    ///
    /// - Parameter identity: what it shows when it is to speak TLS.
    package init(
        identity: TestAuthority.Identity? = nil,
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
            server: try identity.map { try .tls(.http1(), tlsConfiguration: Self.encryption($0)) } ?? .http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { bound.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        self.services = services
        Task { try await services.run() }
        port = try await Waiting.first(of: ports)
    }

    private static func encryption(_ identity: TestAuthority.Identity) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(identity.certificate)
        return .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
        )
    }

    // Not by cancelling: a connection that is being opened then would trap inside of NIO.
    deinit {
        Task { [services] in await services.triggerGracefulShutdown() }
    }
}
