package import Hummingbird
package import NIOCore
package import Platform
package import Primitives

/// What is known of a request while it is dealt with.
package struct APIContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's own part.
    package var coreContext: CoreRequestContextStorage
    /// Who is connected.
    package let remoteAddress: SocketAddress?
    /// For whom a trusted proxy asks.
    var forwardedAddress: IPAddress?
    /// Names the request in answers and logs: `req_…`.
    package var requestID: String
    /// Who is asking for a workspace, behind the authentication.
    package var principal: Principal?
    /// The person who has signed in, behind the authentication; nil for a key.
    package var session: Session?

    /// Takes over a connection's request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        requestID = ""
    }

    /// Bodies are bounded by the endpoint's own reader; this is only the framework's backstop.
    package var maxUploadSize: Int { 1 << 20 }

    /// The client's network address, behind trusted proxies too; an IPv4 address that came over IPv6 is read as what it is.
    package var clientAddress: IPAddress? {
        if let forwardedAddress { return forwardedAddress }
        guard let text = remoteAddress?.ipAddress else { return nil }
        let mapped = "::ffff:"
        return IPAddress(
            parsing: text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
        )
    }

    /// On whose behalf a change is made, for the audit log.
    package var asker: Asker {
        if let session { return asker(session) }
        guard let principal else { return Asker(.system, address: clientAddress, requestID: requestID) }
        var asker = Asker(.key, id: principal.credentialID, address: clientAddress, requestID: requestID)
        asker.clockOffset = principal.clockOffset
        return asker
    }

    /// The same for a person who was found out behind the authentication's back.
    package func asker(_ session: Session) -> Asker {
        Asker(
            .person,
            id: session.user.id,
            name: session.user.email,
            address: clientAddress,
            requestID: requestID
        )
    }

    /// Who acts for which workspace.
    ///
    /// - Throws: `PlatformError` `auth.no_workspace` for a person who has no workspace yet; `api_key.invalid` outside of the
    ///   authentication, where nobody is known.
    package func requirePrincipal() throws(PlatformError) -> Principal {
        if let principal { return principal }
        if session != nil {
            throw PlatformError(
                .noWorkspace,
                "No workspace is active. POST /v1/auth/onboarding makes the first, POST /v1/auth/workspace chooses one."
            )
        }
        throw PlatformError(.keyInvalid, "Send 'Authorization: Bearer tsk_live_…'.")
    }

    /// The person who has signed in.
    ///
    /// - Throws: `PlatformError` `auth.session_invalid` for a key.
    package func requireSession() throws(PlatformError) -> Session {
        guard let session else { throw PlatformError(.sessionInvalid, "This is for people: sign in first.") }
        return session
    }
}
