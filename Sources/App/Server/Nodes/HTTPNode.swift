import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import OutboundHTTP
import Payments
import Platform
import Primitives
import Sandbox
import SautikitAPI
import ServiceLifecycle
import Sound
import WebSupport

/// The role `api`: HTTP.
struct HTTPNode: Service {
    let configuration: ServerConfiguration
    let context: PlatformContext
    let tokens: SIPTokenKeys
    let vault: ObjectVault
    let addresses: ServerAddresses
    let mailbox: SandboxMailbox

    func run() async throws {
        // Whoever is answered finds the sandbox ready: its trunk, its numbers and its first key.
        let home = configuration.isSandbox ? Identifier(parsing: try await addresses.sandbox.value().id) : nil
        if configuration.runsTestCarrier { _ = try await addresses.carrier.value() }
        let host = configuration.http.host
        let document = try SautikitDocument.make()
        let routes = Announcement<RouterResponder<APIContext>>()
        let (keys, sessions) = (AuthenticateKey(context), AuthenticateSession(context))
        let application = Application(
            responder: LateResponder(routes: routes),
            server: HTTPServerBuilder { LoopedHTTPChannel(responder: $0) },
            configuration: .init(address: .hostname(host, port: configuration.http.port)),
            onServerRunning: { channel in
                let bound = HostPort(host: host, port: channel.localAddress?.port ?? 0)
                routes.announce(router(bound, document, keys, sessions, sandbox: home).buildResponder())
                addresses.http.announce(bound)
            },
            logger: Logger(label: "sautikit.http") { _ in LateMetadataLogHandler(context.logger.handler) }
        )
        do {
            async let _: Void = keys.storeUsesFromTimeToTime()
            try await application.run()
        } catch let error as IOError {
            throw BindFault(subject: "HTTP", address: configuration.http, error)
        }
    }

    private var payments: PaymentRoutes {
        let own = configuration.isSandbox ? DestinationPolicy.loopback : []
        return PaymentRoutes(
            context,
            networks: configuration.mpesaNetworks + own,
            shortCode: configuration.daraja?.shortCode
        )
    }

    /// Lets a phone of the sandbox call the number's server, which is this one.
    @Sendable private func dial(_ wish: SandboxCall) async throws {
        let (carrier, sip) = (try await addresses.telephones.value(), try await addresses.sip.value())
        try carrier.call(wish, at: sip.host, port: sip.port)
    }

    private func router(
        _ bound: HostPort,
        _ document: OpenAPIDocument,
        _ keys: AuthenticateKey,
        _ sessions: AuthenticateSession,
        sandbox home: Identifier?
    ) -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(
            middleware: EnvelopeMiddleware(
                ids: context.ids,
                publicURL: configuration.publicURL,
                trustedProxies: configuration.trustedProxies
            )
        )
        HealthRoutes(context, registry: ServerMetrics.registry).add(to: router)
        var api = SautikitAPI.Configuration(
            vault: vault,
            inspector: AudioInspection(configuration.sound(publicURL: ""), logger: context.logger),
            document: document,
            tokens: tokens,
            publicURL: configuration.publicURL ?? "http://\(bound)"
        )
        api.browserEndpoint = { [url = configuration.browsers.url, addresses] in url ?? addresses.browserURL }
        api.signInRequestsPerMinute = configuration.signInRequestsPerMinute
        api.documentationFolder = configuration.documentationFolder
        api.requestsPerMinute = configuration.requestsPerMinute
        api.pricingRequestsPerMinute = configuration.pricingRequestsPerMinute
        SautikitAPI(context, configuration: api, keys: keys, sessions: sessions).addRoutes(to: router)
        payments.add(to: router)
        BrowserFiles(folder: configuration.browserFolder).add(to: router)
        if let home {
            SandboxRoutes(context, tokens: tokens, home: home, mailbox: mailbox, dial: dial).add(to: router)
        }
        return router
    }
}
