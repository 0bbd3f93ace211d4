import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Why a customer's server gave no answer. The words may be shown to the customer: no URL and no secret is in them.
package enum OutboundFailure: Error, CustomStringConvertible {
    /// We do not call this.
    case refused(DestinationRefusal)
    /// The name brought no address.
    case unresolved(ResolutionFailure)
    /// No connection was made in time.
    case connectTimeout(Duration)
    /// It was not all over in time.
    case timeout(Duration)
    /// No connection, in the system's words.
    case unconnected(String)
    /// The headers are more than this.
    case headersTooLarge(limitBytes: Int)
    /// The body is more than this.
    case bodyTooLarge(limitBytes: Int)
    /// The connection could not be encrypted, in plain words.
    case unsecured(String)
    /// We gave up waiting.
    case cancelled
    /// What was answered is not HTTP, or breaks off.
    case exchange(String)

    /// For logs of deliveries and timelines of calls.
    package var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .unresolved(let failure): failure.description
        case .connectTimeout(let limit): "no connection within \(limit)"
        case .timeout(let limit): "no answer within \(limit)"
        case .unconnected(let words): "no connection: \(words)"
        case .headersTooLarge(let limit): "the answer's headers are larger than \(limit) bytes"
        case .bodyTooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .unsecured(let words): "no TLS: \(words)"
        case .cancelled: "the request was given up"
        case .exchange(let words): words
        }
    }

    init(_ error: any Error, connectTimeout: Duration, timeout: Duration) {
        self =
            switch error {
            case let failure as OutboundFailure: failure
            case let refusal as DestinationRefusal: .refused(refusal)
            case let failure as ResolutionFailure: .unresolved(failure)
            case let failure as HTTPClientError where failure == .deadlineExceeded || failure == .readTimeout:
                .timeout(timeout)
            case let failure as HTTPClientError where failure == .connectTimeout: .connectTimeout(connectTimeout)
            case let failure as HTTPClientError where failure == .cancelled: .cancelled
            case is CancellationError: .cancelled
            case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .unsecured(Self.words(tls: error))
            case is ChannelError, is NIOConnectionError, is IOError:
                .unconnected(String(String(describing: error).prefix(200)))
            default: .exchange(String(String(describing: error).prefix(200)))
            }
    }
}
