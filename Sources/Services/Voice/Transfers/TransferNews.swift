import Primitives

/// How a transfer goes, in the words of a NOTIFY.
enum TransferNews: Sendable, Equatable {
    /// The target is being alerted.
    case progressed(status: Int)
    /// The party is connected with this call.
    case completed(Identifier)
    /// Nobody was reached.
    case failed(status: Int)

    /// What is told to who asked for it (RFC 3515 section 2.4.5).
    var status: Int {
        switch self {
        case .progressed(let status), .failed(let status): status
        case .completed: 200
        }
    }
}
