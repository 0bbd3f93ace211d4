package import SIPWire

/// A call we place.
package struct OutgoingInvitation: Sendable {
    /// The request URI.
    package var uri: SIPURI
    /// Who calls.
    package var from: NameAddress
    /// Who is called.
    package var to: NameAddress
    /// The trunk.
    package var target: SIPTarget
    /// Answers the trunk's challenges; nil gives up on one.
    package var account: DigestAccount?
    /// The session description offered.
    package var offer: [UInt8]
    /// How long to ring before the call is canceled.
    package var ringTimeout: Duration
    /// Header fields of ours, such as `P-Asserted-Identity`.
    package var extraHeaders: [SIPHeaderField]
    /// The proxies that the INVITE takes, the first of them first: a route set from before (RFC 3261 section 12.2, RFC 3327).
    package var route: [NameAddress] = []
    /// The call of the callee's that this one is to take the place of.
    package var replacing: Replaces?
    /// The way to a peer that came to us, which all messages of the call take; instead of the target.
    package var flow: SIPFlow?
    /// Whether a numeric address may be sent to; what the peer's Contact names otherwise goes where the INVITE went. All may when nil.
    package var mayReach: (@Sendable (_ address: String) -> Bool)?

    /// Makes a call.
    package init(
        uri: SIPURI,
        from: NameAddress,
        to: NameAddress,
        target: SIPTarget,
        account: DigestAccount? = nil,
        offer: [UInt8],
        ringTimeout: Duration = .seconds(60),
        extraHeaders: [SIPHeaderField] = []
    ) {
        self.uri = uri
        self.from = from
        self.to = to
        self.target = target
        self.account = account
        self.offer = offer
        self.ringTimeout = ringTimeout
        self.extraHeaders = extraHeaders
    }
}
