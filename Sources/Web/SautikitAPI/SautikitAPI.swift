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
        /// Where recordings are.
        package var recordingsFolder: String
        /// Where this server is reached, without a slash at the end; the host that the client asked when nil.
        package var publicURL: String?

        /// Names what has no default.
        package init(recordingsFolder: String, publicURL: String? = nil) {
            self.recordingsFolder = recordingsFolder
            self.publicURL = publicURL
        }
    }

    private let context: PlatformContext
    private let configuration: Configuration
    private let authenticate: AuthenticateKey

    /// Makes the dialect.
    package init(_ context: PlatformContext, configuration: Configuration, authenticate: AuthenticateKey) {
        self.context = context
        self.configuration = configuration
        self.authenticate = authenticate
    }

    /// Adds all routes to a router that has the `EnvelopeMiddleware`.
    package func addRoutes(to router: Router<APIContext>) {
        let addresses = RateLimiter<String>(perMinute: configuration.pricingRequestsPerMinute, clock: context.clock)
        PricingController(context).add(
            to: router.group("/v1/public").add(middleware: AddressLimitMiddleware(limiter: addresses))
        )
        let recordings = RecordingFiles(folder: configuration.recordingsFolder)
        RecordingFileController(context, recordings: recordings).add(to: router.group("/v1/recordings"))
        let keys = RateLimiter<Identifier>(perMinute: configuration.requestsPerMinute, clock: context.clock)
        let api = router.group("/v1").add(
            middleware: AuthenticationMiddleware(authenticate: authenticate, limiter: keys)
        )
        NumbersController(context).add(to: api.group("numbers"))
        CallsController(context, recordings: recordings, publicURL: configuration.publicURL).add(
            to: api.group("calls")
        )
        WalletController(context).add(to: api.group("wallet"))
    }
}
