import Database
package import HTTPTypes
import Hummingbird
package import Platform

/// Turns whatever was thrown into a refusal with a stable code and a status.
package enum ErrorTranslation {
    /// The refusal, and whether it is our fault and must be logged.
    static func refusal(for error: any Error) -> (PlatformError, isFault: Bool) {
        switch error {
        case let error as PlatformError: return (error, error.code == .internalError)
        case let error as DatabaseError: return database(error)
        case let error as HTTPError: return http(error)
        default: return (internalError, true)
        }
    }

    /// The status of a code.
    package static func status(_ code: ErrorCode) -> HTTPResponse.Status {
        if code == .methodNotAllowed { return .methodNotAllowed }
        return switch code.category {
        case .invalid: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .paymentRequired: .init(code: 402, reasonPhrase: "Payment Required")
        case .notFound: .notFound
        case .conflict: .conflict
        case .gone: .gone
        case .tooLarge: .contentTooLarge
        case .rateLimited: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .internalFault: .internalServerError
        }
    }

    private static let internalError = PlatformError(
        .internalError,
        "Something went wrong on our side. Try again; tell support the request id if it stays."
    )

    /// A write in doubt is not said to be done: the same `Idempotency-Key` finds out.
    private static func database(_ error: DatabaseError) -> (PlatformError, isFault: Bool) {
        switch error {
        case .unavailable, .inDoubt, .serialisationFailure:
            let message = "The service is not available for the moment. Try again with the same Idempotency-Key."
            return (PlatformError(.serviceUnavailable, message), true)
        default: return (internalError, true)
        }
    }

    private static func http(_ error: HTTPError) -> (PlatformError, isFault: Bool) {
        switch error.status {
        case .notFound: (PlatformError(.requestNotFound, "There is nothing at this path."), false)
        case .methodNotAllowed: (PlatformError(.methodNotAllowed, "This path does not take this method."), false)
        case .contentTooLarge: (PlatformError(.requestTooLarge, "The body is too large."), false)
        case _ where error.status.kind == .clientError:
            (PlatformError(.requestMalformed, error.body ?? "The request cannot be read."), false)
        default: (internalError, true)
        }
    }
}
