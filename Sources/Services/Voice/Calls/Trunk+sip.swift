import Platform
import SIPStack

extension SIPTarget {
    /// Where a trunk is.
    init(_ trunk: Trunk) {
        self.init(host: trunk.host, port: trunk.namedPort, transport: SIPTransport(trunk.transport))
    }
}

extension SIPTransport {
    init(_ transport: TrunkTransport) {
        switch transport {
        case .udp: self = .udp
        case .tcp: self = .tcp
        case .tls: self = .tls
        }
    }
}

extension Trunk {
    /// Who we are there; nil when it knows us by our address.
    var account: DigestAccount? {
        guard let username, let password else { return nil }
        return DigestAccount(username: username, password: password)
    }
}
