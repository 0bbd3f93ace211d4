import HTTPTypes
package import Hummingbird
import Platform

extension RouterMethods where Context == APIContext {
    /// Adds a path with all its methods: `HEAD` is answered as `GET` is (the envelope drops the body), and a method that
    /// is not given here is refused with 405 and `Allow`.
    package func resource(
        _ path: RouterPath = "",
        get: APIHandler? = nil,
        post: APIHandler? = nil,
        put: APIHandler? = nil,
        patch: APIHandler? = nil,
        delete: APIHandler? = nil
    ) {
        let handlers: [HTTPRequest.Method: APIHandler?] = [
            .get: get, .head: get, .post: post, .put: put, .patch: patch, .delete: delete,
        ]
        let known = handlers.compactMapValues(\.self)
        let refuse = Self.refusing(allowed: known.keys.map(\.rawValue).sorted().joined(separator: ", "))
        for method in HTTPRequest.Method.ofRoutes {
            on(path, method: method, use: known[method] ?? refuse)
        }
    }

    private static func refusing(allowed: String) -> APIHandler {
        { request, _ in
            let refusal = PlatformError(
                .methodNotAllowed,
                "This path does not take \(request.method.rawValue). It takes \(allowed)."
            )
            throw ErrorWithHeaders(refusal, headers: [.allow: allowed])
        }
    }
}

extension HTTPRequest.Method {
    /// Every method that a path answers to, if only to refuse it: RFC 9110 section 9, PATCH (RFC 5789) and QUERY.
    fileprivate static let ofRoutes: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap { $0 }
}
