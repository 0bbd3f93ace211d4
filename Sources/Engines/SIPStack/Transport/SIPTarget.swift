/// Where a request is to go: a trunk, or the host of a URI (RFC 3263's "target").
package struct SIPTarget: Sendable, Hashable {
    /// Host name, or address without brackets. By TLS the server proves this name, wherever it leads (RFC 5922 section 4).
    package let host: String
    /// Its port, if one was named; then no SRV record is asked for.
    package let port: Int?
    /// How it is reached, if that was named.
    package let transport: SIPTransport?
    /// Where it is, when that is known already; nothing is looked up then.
    package let places: [SIPPlace]

    /// Makes a target.
    package init(host: String, port: Int?, transport: SIPTransport?, places: [SIPPlace] = []) {
        self.host = host
        self.port = port
        self.transport = transport
        self.places = places
    }
}
