package import Hummingbird
package import NIOCore
package import Platform

/// What is known of a request while it is dealt with.
package struct APIContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's own part.
    package var coreContext: CoreRequestContextStorage
    /// Who is connected.
    package let remoteAddress: SocketAddress?
    /// Names the request in answers and logs: `req_…`.
    package var requestID: String
    /// Who is asking, behind the authentication.
    package var principal: Principal?

    /// Takes over a connection's request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        requestID = ""
    }

    /// Bodies are bounded by the endpoint's own reader; this is only the framework's backstop.
    package var maxUploadSize: Int { 1 << 20 }

    /// The principal of an authenticated request.
    ///
    /// - Throws: `PlatformError` `api_key.invalid` outside of the authentication, where nobody is known.
    package func requirePrincipal() throws(PlatformError) -> Principal {
        guard let principal else { throw PlatformError(.keyInvalid, "Send 'Authorization: Bearer tsk_live_…'.") }
        return principal
    }
}
