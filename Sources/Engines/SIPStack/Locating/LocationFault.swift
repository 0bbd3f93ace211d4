/// Why a server could not be found.
package enum LocationFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Its host has no address that we could send to.
    case noAddress(host: String)
    /// Its host says that it has no such service (RFC 2782: the target is the root).
    case notOffered(host: String)

    /// For the timeline of a call.
    package var description: String {
        switch self {
        case .noAddress(let host): "\(host) has no address that can be called"
        case .notOffered(let host): "\(host) says that it takes no calls"
        }
    }
}
