import Foundation
import HTTPTypes
package import Hummingbird
package import Platform

/// Which site a browser's request comes from. A cookie is sent along by the browser, so a request that changes something
/// must come from our own pages; what no browser sent has no `Origin` and no cookie that somebody else put there.
package enum RequestOrigin {
    private static let safeMethods: [HTTPRequest.Method] = [.get, .head, .options]

    /// Refuses a change that another site asks for.
    ///
    /// - Throws: `PlatformError` `auth.origin_refused`.
    package static func requireOwn(_ request: Request) throws(PlatformError) {
        guard !safeMethods.contains(request.method), let origin = request.headers[.origin] else { return }
        guard let authority = request.head.authority, authority.lowercased() == host(of: origin) else {
            throw PlatformError(.originRefused, "A session is for this server's own pages. Use an API key elsewhere.")
        }
    }

    /// Host and port of an `Origin`; nil for `null` and whatever is no origin.
    private static func host(of origin: String) -> String? {
        guard let parts = URLComponents(string: origin), let host = parts.host?.lowercased() else { return nil }
        return parts.port.map { "\(host):\($0)" } ?? host
    }
}
