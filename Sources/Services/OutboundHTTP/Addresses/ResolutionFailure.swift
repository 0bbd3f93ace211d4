/// Why a host name brought no address.
package enum ResolutionFailure: Error, CustomStringConvertible {
    /// The resolver's own words.
    case resolver(String)
    /// It did not answer in time.
    case timeout(Duration)

    /// For the delivery log.
    package var description: String {
        switch self {
        case .resolver(let words): "the host name was not found: \(words)"
        case .timeout(let limit): "the name server did not answer within \(limit)"
        }
    }
}
