package import OutboundHTTP

/// Why a stream is over.
package enum StreamEnd: Sendable, Equatable, CustomStringConvertible {
    /// The socket was never opened; why, in words for the customer.
    case unopened(String)
    /// The socket ended by itself.
    case socket(SocketClosure)
    /// The server asked for it.
    case asked
    /// We were told to: by another document, or by the API.
    case stopped
    /// The call is over.
    case hungUp
    /// The server does not even take what must arrive.
    case tooSlow
    /// The server sent more messages that nobody understands than are put up with; what was wrong with the last.
    case faults(String)

    /// Whether it went wrong, of which `stream-error` tells. A server that closes its socket ends the stream as it should.
    package var isError: Bool {
        switch self {
        case .unopened, .tooSlow, .faults: true
        case .socket(.byPeer), .socket(.byUs), .asked, .stopped, .hungUp: false
        case .socket(.violation), .socket(.silent), .socket(.lost): true
        }
    }

    /// What the server is told as the socket is closed.
    var closeCode: SocketCloseCode {
        switch self {
        case .tooSlow, .faults: .policy
        case .unopened, .socket, .asked, .stopped, .hungUp: .normal
        }
    }

    /// For timelines and callbacks.
    package var description: String {
        switch self {
        case .unopened(let words): words
        case .socket(let closure): closure.description
        case .asked: "the server ended the stream"
        case .stopped: "the stream was stopped"
        case .hungUp: "the call ended"
        case .tooSlow: "the server takes messages too slowly"
        case .faults(let last): "the server sent too many messages that are not understood; of the last, \(last)"
        }
    }
}
