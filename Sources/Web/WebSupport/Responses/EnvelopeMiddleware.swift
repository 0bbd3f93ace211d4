import HTTPTypes
package import Hummingbird
import Logging
import Metrics
import Platform
package import Primitives

/// The outermost layer: names the request, turns errors into the envelope, counts and times.
package struct EnvelopeMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private let ids: any IdentifierSource

    /// Names requests by ids of this source.
    package init(ids: any IdentifierSource) {
        self.ids = ids
    }

    /// Deals with a request; never throws.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = ids.next().rendered(prefix: "req")
        context.logger[metadataKey: "request_id"] = "\(context.requestID)"
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = refuse(error, request, context)
        }
        response.headers[.requestID] = context.requestID
        response.headers[.contentTypeOptions] = "nosniff"
        RequestMetrics.record(
            method: request.method.rawValue,
            route: context.endpointPath ?? "unknown",
            status: response.status.code,
            duration: .now - start
        )
        return response
    }

    private func refuse(_ error: any Error, _ request: Request, _ context: APIContext) -> Response {
        let (refusal, isFault) = ErrorTranslation.refusal(for: error)
        if isFault {
            context.logger.error(
                "a request failed",
                metadata: ["path": "\(request.uri.path)", "error": "\(error)"]
            )
        }
        var headers = (error as? RateLimitRefusal)?.headers ?? HTTPFields()
        let category = refusal.code.category
        if category == .unauthenticated { headers[.wwwAuthenticate] = "Bearer realm=\"sautikit\"" }
        if category == .unavailable { headers[.retryAfter] = "2" }
        if refusal.code == .tooManyCalls { headers[.retryAfter] = "5" }
        return APIResponse.json(
            envelope(refusal, context.requestID),
            status: ErrorTranslation.status(category),
            headers: headers
        )
    }

    /// The envelope of facts section 2, with the top-level message that the seed's Node example reads.
    private func envelope(_ refusal: PlatformError, _ requestID: String) -> JSONValue {
        var error: [JSONMember] = [
            JSONMember("code", .string(refusal.code.rawValue)), JSONMember("message", .string(refusal.message)),
            JSONMember("request_id", .string(requestID)),
        ]
        if let field = refusal.field { error.append(JSONMember("field", .string(field))) }
        if refusal.faults.count > 1 {
            let faults = refusal.faults.map { fault -> JSONValue in
                [
                    "field": .string(fault.field), "code": .string(fault.code.rawValue),
                    "message": .string(fault.message),
                ]
            }
            error.append(JSONMember("errors", .array(faults)))
        }
        return ["error": .object(error), "message": .string(refusal.message)]
    }
}
