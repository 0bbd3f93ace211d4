import NIOCore
import NIOHTTP1
import NIOPosix

extension OutboundFailure {
    /// Why no WebSocket was opened.
    init(socket error: any Error, connectTimeout: Duration, timeout: Duration) {
        self =
            switch error {
            case let fault as HandshakeFault: .exchange(fault.description)
            case is NIOHTTPClientUpgradeError: .exchange(HandshakeFault.notAccepted.description)
            case let error as ChannelError where error.isConnectTimeout: .connectTimeout(connectTimeout)
            case ChannelError.inappropriateOperationForState, ChannelError.eof, ChannelError.ioOnClosedChannel:
                .exchange(HandshakeFault.ended.description)
            case let error as NIOConnectionError: .unconnected(Self.words(error))
            default: OutboundFailure(error, connectTimeout: connectTimeout, timeout: timeout)
            }
    }

    /// The library says the address too, which only the operator is to know.
    private static func words(_ error: NIOConnectionError) -> String {
        let causes = error.connectionErrors.map(\.error) + [error.dnsAError, error.dnsAAAAError].compactMap(\.self)
        return String((causes.first.map { String(describing: $0) } ?? "refused").prefix(200))
    }
}

extension Error {
    /// Whether nobody was there: another address may do better.
    var isMissingConnection: Bool {
        switch self {
        case is NIOConnectionError, is IOError: true
        case let error as ChannelError: error.isConnectTimeout
        default: false
        }
    }
}

extension ChannelError {
    var isConnectTimeout: Bool {
        if case .connectTimeout = self { true } else { false }
    }
}
