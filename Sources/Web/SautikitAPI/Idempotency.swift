import Foundation
import HTTPTypes
import Hummingbird
import Platform
import WebSupport

/// The `Idempotency-Key` header and its answer.
enum Idempotency {
    /// The key of a request, which means this path and query only; nil when it has none.
    static func read(_ request: Request, body: Data) throws(PlatformError) -> IdempotencyRequest? {
        try read(request, operation: "\(request.method) \(request.uri.string)", body: body)
    }

    /// The key of a request whose path has aliases, which mean the same; nil when it has none.
    static func read(_ request: Request, operation: String, body: Data) throws(PlatformError) -> IdempotencyRequest? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        return try IdempotencyRequest(key: key, operation: operation, body: body)
    }

    /// Says so when an answer is that of an earlier request.
    static func headers(isReplay: Bool) -> HTTPFields {
        isReplay ? [.idempotentReplay: "true"] : [:]
    }
}
