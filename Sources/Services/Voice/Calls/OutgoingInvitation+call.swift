import Platform
import SIPStack
import SIPWire

extension OutgoingInvitation {
    /// The INVITE of a call over a trunk, with the caller's number as its identity.
    init(_ call: Call, over trunk: Trunk, domain: String, offer: [UInt8]) {
        let identity = SIPURI(user: call.callerID, host: domain)
        self.init(
            uri: SIPURI(
                user: call.to,
                host: trunk.host,
                port: trunk.port,
                parameters: SIPParameters([("user", "phone")])
            ),
            from: NameAddress(uri: identity),
            to: NameAddress(uri: SIPURI(user: call.to, host: domain)),
            target: SIPTarget(host: trunk.host, port: trunk.port, transport: trunk.transport == .udp ? .udp : .tcp),
            offer: offer,
            ringTimeout: call.ringTimeout,
            extraHeaders: [SIPHeaderField(.pAssertedIdentity, "<\(identity.text)>")]
        )
        if let username = trunk.username, let password = trunk.password {
            account = DigestAccount(username: username, password: password)
        }
    }
}
