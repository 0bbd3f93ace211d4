package import SIPWire

/// A request outside of any dialog that we send: OPTIONS, REGISTER.
package struct OutgoingRequest: Sendable {
    /// What is asked.
    package var method: SIPMethod
    /// Of whom.
    package var uri: SIPURI
    /// Who asks.
    package var from: NameAddress
    /// About whom.
    package var to: NameAddress
    /// Where it goes.
    package var way: Way
    /// Names requests that belong together; a new one when nil.
    package var callID: String?
    /// The number of the first attempt; one that answers a challenge has the next.
    package var number: UInt32
    /// Answers challenges; nil gives up on one.
    package var account: DigestAccount?
    /// Header fields of ours.
    package var headers: [SIPHeaderField]

    /// How a request gets to its peer.
    package enum Way: Sendable {
        /// To a host, which is looked up.
        case target(SIPTarget)
        /// The way that the peer came by.
        case flow(SIPFlow)
    }

    /// Makes a request.
    package init(
        method: SIPMethod,
        uri: SIPURI,
        from: NameAddress,
        to: NameAddress,
        way: Way,
        callID: String? = nil,
        number: UInt32 = 1,
        account: DigestAccount? = nil,
        headers: [SIPHeaderField] = []
    ) {
        self.method = method
        self.uri = uri
        self.from = from
        self.to = to
        self.way = way
        self.callID = callID
        self.number = number
        self.account = account
        self.headers = headers
    }
}
