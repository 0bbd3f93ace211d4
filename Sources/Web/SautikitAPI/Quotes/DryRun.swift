import Foundation
import Hummingbird
import Platform
import WebSupport

/// `dry_run: true`: what a request would do, said and not done.
struct DryRun {
    private let request: Request
    private let api: APIContext
    private let publicURL: String?

    /// Whether a body asks for it; nil when it asks for the thing itself.
    ///
    /// - Throws: `PlatformError` when `dry_run` is not a truth value, or the request's `Idempotency-Key` is none.
    init?(_ document: JSONValue, _ request: Request, _ api: APIContext, publicURL: String?) throws(PlatformError) {
        var reader = FieldReader(document)
        let isWanted = reader.bool("dry_run")
        try reader.finish()
        guard isWanted else { return nil }
        // A quote is not kept under a key, but a key that could not be used with the thing itself is told of.
        _ = try Idempotency.read(request, body: Data())
        (self.request, self.api, self.publicURL) = (request, api, publicURL)
    }

    /// The answer: the verdict, and what else is known.
    ///
    /// - Parameter refusal: why the thing itself would be refused; nil when it would be done.
    /// - Throws: the refusal of a request that cannot be read: there is nothing to say of it.
    func answer(_ refusal: PlatformError?, _ members: [JSONMember]) throws(PlatformError) -> Response {
        if let refusal, Self.isUnreadable(refusal) { throw refusal }
        let server = OwnURL.base(publicURL, request)
        let error = refusal.map { ErrorResponse.error($0, api.requestID, server) }
        let verdict: JSONValue = ["allowed": .bool(refusal == nil), "error": error ?? .null]
        return APIResponse.json(.object([JSONMember("dry_run", true), JSONMember("verdict", verdict)] + members))
    }

    private static func isUnreadable(_ refusal: PlatformError) -> Bool {
        let codes = refusal.faults.isEmpty ? [refusal.code] : refusal.faults.map(\.code)
        return codes.contains { $0 == .requestInvalid || $0 == .actionUnsupported }
    }
}
