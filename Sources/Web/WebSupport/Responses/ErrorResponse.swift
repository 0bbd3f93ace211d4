package import HTTPTypes
import Hummingbird
import Logging
package import Platform

/// The answer to whatever was thrown.
package enum ErrorResponse {
    /// Makes the envelope with its status and headers; logs what is our fault.
    static func make(_ error: any Error, _ request: Request, _ context: APIContext, publicURL: String?) -> Response {
        let headed = ErrorWithHeaders(error, headers: [:])
        let (refusal, isFault) = ErrorTranslation.refusal(for: headed.cause)
        if isFault {
            context.logger.error(
                "a request failed",
                metadata: [
                    "request_id": "\(context.requestID)", "path": "\(request.uri.path)", "error": "\(headed.cause)",
                ]
            )
        }
        return APIResponse.json(
            envelope(refusal, context.requestID, OwnURL.base(publicURL, request)),
            status: ErrorTranslation.status(refusal.code),
            headers: Self.headers(refusal, headed.headers)
        )
    }

    /// What an answer to a refusal carries besides the envelope: how to authenticate, and when to come back.
    package static func headers(_ refusal: PlatformError, _ given: HTTPFields) -> HTTPFields {
        var headers = given
        switch refusal.code.category {
        case .unauthenticated: headers[.wwwAuthenticate] = "Bearer realm=\"sautikit\""
        case .rateLimited where refusal.retryAfter != nil:
            headers[.retryAfter] = refusal.retryAfter.map { "\($0.components.seconds)" }
        case .unavailable: headers[.retryAfter] = "2"
        case .rateLimited where headers[.retryAfter] == nil: headers[.retryAfter] = "5"
        default: break
        }
        return headers
    }

    /// The envelope of facts section 2, with the top-level message that the seed's Node example reads, and what the table of
    /// errors says.
    private static func envelope(_ refusal: PlatformError, _ requestID: String, _ server: String) -> JSONValue {
        ["error": error(refusal, requestID, server), "message": .string(refusal.message)]
    }

    /// The envelope's error, as it would be answered.
    ///
    /// - Parameter server: where this server is reached, without a slash at the end.
    package static func error(_ refusal: PlatformError, _ requestID: String, _ server: String) -> JSONValue {
        let code = refusal.code.rawValue
        var error: [JSONMember] = [
            JSONMember("code", .string(code)), JSONMember("message", .string(refusal.message)),
            JSONMember("remedy", .string(refusal.code.entry.remedy)),
            JSONMember("doc_url", .string("\(server)/docs/errors#\(code)")),
            JSONMember("request_id", .string(requestID)),
        ]
        if let field = refusal.field { error.append(JSONMember("field", .string(field))) }
        if let path = refusal.redirectTo { error.append(JSONMember("redirect_to", .string(path))) }
        if refusal.faults.count > 1 {
            let faults = refusal.faults.map { fault -> JSONValue in
                [
                    "field": .string(fault.field), "code": .string(fault.code.rawValue),
                    "message": .string(fault.message),
                ]
            }
            error.append(JSONMember("errors", .array(faults)))
        }
        return .object(error)
    }
}
