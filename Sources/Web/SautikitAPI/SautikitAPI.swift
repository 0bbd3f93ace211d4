package import Hummingbird
package import Platform
import Primitives
package import WebSupport

/// Sautikit's REST API under `/v1`.
package struct SautikitAPI: Sendable {
    /// What the dialect needs to know of the server.
    package struct Configuration: Sendable {
        /// Requests a minute and key (seed: 300).
        package var requestsPerMinute = 300
        /// Requests a minute and address on public pricing (seed: 60).
        package var pricingRequestsPerMinute = 60
        /// Requests a minute and address for links to sign in, and with them.
        package var signInRequestsPerMinute = 20
        /// Where recordings and uploads are.
        package var vault: ObjectVault
        /// Who looks at uploads.
        package var inspector: any AudioInspector
        /// Where this server is reached, without a slash at the end; the host that the client asked when nil.
        package var publicURL: String?

        /// Where the library of the documentation's pages is; they are plain without it.
        package var documentationFolder: String?
        /// The contract that is served.
        package var document: OpenAPIDocument
        /// What signs tokens for browsers.
        package var tokens: SIPTokenKeys
        /// Where browsers connect, asked for each request since it is bound after HTTP; nil when there is no gateway.
        package var browserEndpoint: @Sendable () -> String? = { nil }

        /// Names what has no default.
        package init(
            vault: ObjectVault,
            inspector: any AudioInspector,
            document: OpenAPIDocument,
            tokens: SIPTokenKeys,
            publicURL: String? = nil
        ) {
            self.tokens = tokens
            self.vault = vault
            self.inspector = inspector
            self.document = document
            self.publicURL = publicURL
        }
    }

    private let context: PlatformContext
    private let configuration: Configuration
    private let keys: AuthenticateKey
    private let sessions: AuthenticateSession
    private let running = RunningRequests()

    /// Makes the dialect.
    package init(
        _ context: PlatformContext,
        configuration: Configuration,
        keys: AuthenticateKey,
        sessions: AuthenticateSession
    ) {
        self.context = context
        self.configuration = configuration
        self.keys = keys
        self.sessions = sessions
    }

    /// Adds all routes to a router that has the `EnvelopeMiddleware`.
    package func addRoutes(to router: Router<APIContext>) {
        let addresses = RateLimiter<String>(perMinute: configuration.pricingRequestsPerMinute, clock: context.clock)
        PricingController(context).add(
            to: router.group("/v1/public").add(middleware: AddressLimitMiddleware(limiter: addresses))
        )
        DocumentationController(
            configuration.document,
            publicURL: configuration.publicURL,
            folder: configuration.documentationFolder
        ).add(to: router)
        let voiceActions = VoiceActionsController(context)
        voiceActions.addPublic(to: router.group("/v1/voice-actions"))
        let vault = configuration.vault
        SignedFileController.recordings(context, vault: vault).add(to: router.group("/v1/recordings"))
        SignedFileController.uploads(context, vault: vault).add(to: router.group("/v1/uploads/files"))
        let session = SignIn(context, sessions: sessions, publicURL: configuration.publicURL)
        let signIn = SignInController(context, signIn: session, publicURL: configuration.publicURL)
        let signInAddresses = RateLimiter<String>(
            perMinute: configuration.signInRequestsPerMinute,
            clock: context.clock
        )
        let limited = AddressLimitMiddleware(limiter: signInAddresses)
        signIn.addPublic(to: router.group("/v1/auth").add(middleware: limited))
        SignInPages(context, signIn: session, publicURL: configuration.publicURL).add(
            to: router.group("/auth").add(middleware: limited)
        )
        AlertPages(context).add(to: router.group("/alerts").add(middleware: limited))
        let limiter = RateLimiter<Identifier>(perMinute: configuration.requestsPerMinute, clock: context.clock)
        let api = router.group("/v1").add(
            middleware: AuthenticationMiddleware(keys: keys, sessions: sessions, limiter: limiter)
        ).add(middleware: IdempotencyMiddleware(running))
        signIn.add(to: api)
        MembersController(context, publicURL: configuration.publicURL).add(to: api)
        KeysController(context).add(to: api.group("api-keys"))
        NumbersController(context, publicURL: configuration.publicURL).add(to: api.group("numbers"))
        SIPCredentialsController(context, endpoint: configuration.browserEndpoint).add(to: api.group("numbers"))
        PortsController(context).add(to: api.group("port-requests"))
        AuditController(context).add(to: api.group("audit"))
        UsageController(context).add(to: api.group("usage"))
        CallsController(context, vault: vault, publicURL: configuration.publicURL).add(
            to: api.group("calls")
        )
        LiveCallsController(context).add(to: api.group("calls"))
        ConferencesController(context).add(to: api.group("conferences"))
        voiceActions.add(to: api.group("voice-actions"))
        UploadsController(
            context,
            vault: vault,
            inspector: configuration.inspector,
            publicURL: configuration.publicURL
        ).add(to: api.group("uploads"))
        StorageController(context).add(to: api.group("storage"))
        WebhooksController(context).add(to: api.group("webhooks"))
        EventsController(context).add(to: api.group("events"))
        WalletController(context).add(to: api.group("wallet"))
        AlertsController(context, publicURL: configuration.publicURL).add(to: api.group("wallet"))
        TransactionsController(context).add(to: api.group("wallet"))
        StatementsController(context).add(to: api.group("wallet"))
        CheckpointsController(context).add(to: api.group("wallet"))
        TopupsController(context, publicURL: configuration.publicURL).add(to: api.group("topups"))
        TestClockController(context).add(to: api.group("test/clock"))
        LimitsController(context).add(to: api.group("limits"))
        RatesController(context).add(to: api)
        addBrowserCalling(to: router, api)
    }

    private func addBrowserCalling(to router: Router<APIContext>, _ api: RouterGroup<APIContext>) {
        let endpoint = configuration.browserEndpoint
        BrowserConfigController(endpoint: endpoint).add(to: router)
        SIPTokenController(context, keys: configuration.tokens).add(to: api.group("sip"))
        WebRTCTokenController(context, keys: configuration.tokens, endpoint: endpoint).add(to: api.group("webrtc"))
        BrowserOriginsController(context).add(to: api.group("browser"))
    }
}
