/// Why a name brought no answer. That there is nothing of a kind is an answer.
package enum NameFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The resolver's own words.
    case resolver(String)
    /// Nobody answered in time.
    case timeout(Duration)

    /// For the timeline of a call.
    package var description: String {
        switch self {
        case .resolver(let words): "the host name was not found: \(words)"
        case .timeout(let limit): "the name server did not answer within \(limit)"
        }
    }
}
