import HTTPTypes
package import Hummingbird
package import Primitives

/// The outermost layer: names the request, turns errors into the envelope, counts and times.
package struct EnvelopeMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private static let noSniffing = HTTPField(name: .contentTypeOptions, value: "nosniff")
    private static let noReferrer = HTTPField(name: .referrerPolicy, value: "no-referrer")

    private let ids: any IdentifierSource
    private let publicURL: String?
    private let trustedProxies: [IPNetwork]

    /// Names requests by ids of this source.
    ///
    /// - Parameters:
    ///   - publicURL: where this server's documentation is reached, without a slash at the end; the host that the client
    ///     asked when nil.
    ///   - trustedProxies: networks that are believed for whom they ask.
    package init(ids: any IdentifierSource, publicURL: String? = nil, trustedProxies: [IPNetwork] = []) {
        self.ids = ids
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
    }

    /// Deals with a request; never throws.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = ids.next().rendered(prefix: "req")
        if !trustedProxies.isEmpty {
            let forwarded = request.headers[values: .forwardedFor]
            context.forwardedAddress = ForwardedFor(forwarded).client(
                of: context.clientAddress,
                trusting: trustedProxies
            )
        }
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = ErrorResponse.make(error, request, context, publicURL: publicURL)
        }
        // RFC 9110 section 9.3.2: the headers of GET, its Content-Length too, and nothing after them.
        if request.method == .head { response = response.createHeadResponse() }
        response.headers.append(HTTPField(name: .requestID, value: context.requestID))
        response.headers.append(Self.noSniffing)
        response.headers.append(Self.noReferrer)
        RequestMetrics.record(
            method: request.method.rawValue,
            route: context.endpointPath ?? "unknown",
            status: response.status.code,
            duration: .now - start
        )
        return response
    }
}
