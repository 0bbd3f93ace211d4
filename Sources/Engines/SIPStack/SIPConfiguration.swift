package import SIPWire

/// How a user agent behaves.
package struct SIPConfiguration: Sendable {
    /// The address to bind.
    package var host = "127.0.0.1"
    /// The UDP and TCP port to bind; 0 picks a free one.
    package var port = 5060
    /// What we call ourselves in Via and Contact; the bound address when nil.
    package var advertisedHost: String?
    /// The `User-Agent` and `Server` header.
    package var userAgent = "Sautikit"
    /// Timers; shortened in tests.
    package var timers = SIPTimers()
    /// Bounds of what is read.
    package var limits = SIPLimits()
    /// Server transactions under way; one more is refused with 503. Default 50,000.
    package var transactionLimit = 50_000
    /// Sessions; one more is refused with 503. Default 20,000.
    package var sessionLimit = 20_000
    /// TCP connections. Default 2,000.
    package var connectionLimit = 2000
    /// A silent connection is closed after this. Default 10 minutes.
    package var connectionIdleTimeout: Duration = .seconds(600)
    /// Who has connected to us and says nothing at first is let go after this. Default 30 s.
    package var firstMessageTimeout: Duration = .seconds(30)
    /// How connections are encrypted.
    package var tls = SIPTLSSettings()
    /// Where browsers come in.
    package var webSockets = SIPWebSocketSettings()
    /// The session interval we ask for (RFC 4028). Default 30 minutes.
    package var sessionExpires: Duration = .seconds(1800)
    /// The shortest interval we accept. RFC 4028 wants at least 90 s; tests are shorter.
    package var minSessionExpires: Duration = .seconds(90)

    /// What one source of requests may do.
    package var sourceLimits = SourceGuard.Limits()
    /// What one trunk may do.
    package var trunkLimits = TrunkGuard.Limits()

    /// Makes the default behaviour.
    package init() {}
}
