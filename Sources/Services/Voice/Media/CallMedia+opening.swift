import MediaEngine
import Platform
import SDPWire
import WebRTCGateway

extension CallMedia {
    /// Opens a leg for a telephone or a carrier.
    ///
    /// - Throws: `MediaError`.
    static func phone(
        _ services: VoiceServices,
        sessionID: UInt64,
        onEvent: @escaping @Sendable (MediaEvent) -> Void
    ) throws(MediaError) -> CallMedia {
        let leg = try services.media.openLeg(onEvent: onEvent)
        return CallMedia(leg, host: services.configuration.mediaHost, sessionID: sessionID)
    }

    /// Opens a leg for a browser.
    ///
    /// - Parameters:
    ///   - prefersOpus: whether whoever is to be heard there has Opus.
    ///   - onNews: called on the media thread or by the handshake: hand the news on and return.
    /// - Throws: `MediaError`; `DTLSFault.unavailable` when OpenSSL does not work here.
    static func browser(
        _ services: VoiceServices,
        sessionID: UInt64,
        prefersOpus: Bool,
        onEvent: @escaping @Sendable (MediaEvent) -> Void,
        onNews: @escaping @Sendable (BrowserNews) -> Void
    ) throws -> CallMedia {
        var random = SystemRandomNumberGenerator()
        let credentials = ICECredentials(using: &random)
        guard let identity = services.identity else { throw DTLSFault.unavailable }
        let context = identity.context(at: ContinuousClock.now - services.startedAt)
        let transport = try BrowserTransport(credentials, onNews: onNews)
        let leg = try services.media.openLeg(gate: transport, onEvent: onEvent)
        if let door = services.door { transport.enter(by: door, on: leg) }
        let offers = BrowserOffers(
            address: services.configuration.mediaHost,
            port: leg.localPort,
            tcpPort: services.door?.port,
            credentials: credentials,
            fingerprint: context.certificate.fingerprint,
            codecs: prefersOpus ? BrowserOffers.codecsWithOpusFirst : BrowserOffers.codecs,
            sessionID: sessionID,
            onRestart: { transport.restart($0, on: leg) }
        )
        return CallMedia(leg, offers, BrowserLine(transport, context))
    }
}
