import AsyncHTTPClient
import NIOCore
import NIOPosix

extension Result<WebhookAnswer, any Error> {
    /// The words for the delivery log when there was no answer; never a URL or a secret.
    func failureText(_ settings: WebhookSettings) -> String? {
        guard case .failure(let error) = self else { return nil }
        switch error {
        case let refusal as DestinationRefusal: return refusal.description
        case let failure as ResolutionFailure: return failure.description
        case let failure as HTTPClientError where failure == .deadlineExceeded || failure == .readTimeout:
            return "no answer within \(settings.attemptTimeout)"
        case let failure as HTTPClientError where failure == .connectTimeout:
            return "no connection within \(settings.connectTimeout)"
        case is ChannelError, is NIOConnectionError, is IOError:
            return "no connection: " + String(describing: error).prefix(200)
        default: return String(String(describing: error).prefix(200))
        }
    }
}
