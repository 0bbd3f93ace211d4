import Logging
import NIOPosix
import SIPStack
import SIPWire

/// A back-to-back user agent that sends every call to one peer: `back-to-back PORT PEER_PORT`.
@main
struct BackToBack {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let port = Int(arguments[1]), let peer = Int(arguments[2]) else {
            print("usage: back-to-back PORT PEER_PORT")
            return
        }
        var configuration = SIPConfiguration()
        configuration.port = port
        let agent = SIPUserAgent(
            configuration: configuration,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "b2b")
        )
        try await agent.start { incoming in connect(incoming, through: agent, peer: peer) }
        while true { try await Task.sleep(for: .seconds(3600)) }
    }

    private static func connect(_ incoming: SIPSession, through agent: SIPUserAgent, peer: Int) {
        let request = incoming.request
        let target = SIPTarget(host: "127.0.0.1", port: peer, transport: .udp)
        let uri = SIPURI(user: request.uri.user, host: "127.0.0.1", port: peer)
        let from = NameAddress(uri: SIPURI(user: request.headers.from?.uri.user, host: "127.0.0.1"))
        let invitation = OutgoingInvitation(
            uri: uri,
            from: from,
            to: NameAddress(uri: uri),
            target: target,
            offer: request.body
        )
        let outgoing = agent.invite(invitation) { event in
            switch event {
            case .provisional(let status, let body): incoming.ring(status: status == 183 ? 183 : 180, body: body)
            case .answered(let body): incoming.answer(body: body)
            case .failed(.status(let status, _)): incoming.reject(status: status)
            case .failed: incoming.reject(status: 503)
            case .ended: incoming.hangUp()
            case .acknowledged, .refreshed, .info: break
            }
        }
        incoming.onEvents { event in
            switch event {
            case .failed, .ended: outgoing.hangUp()
            default: break
            }
        }
    }
}
