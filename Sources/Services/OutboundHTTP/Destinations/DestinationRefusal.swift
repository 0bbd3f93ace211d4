package import Primitives

/// Why a URL is not called.
package enum DestinationRefusal: Error, Equatable, CustomStringConvertible {
    /// It is not an absolute URL with a plain host name or address.
    case unreadable
    /// Neither `https` nor `http`.
    case scheme(String)
    /// Neither `wss` nor `ws`, where a WebSocket is to be.
    case socketScheme(String)
    /// It holds a user name or password.
    case userInformation
    /// The port is not among those allowed.
    case port(Int)
    /// The host is, or resolves to, an address that is not public.
    case address(IPAddress, kind: String)
    /// The host has no address at all.
    case noAddress
    /// A redirect leads from https to http.
    case downgrade
    /// More redirects than are followed.
    case redirects(limit: Int)

    /// For the delivery log.
    package var description: String {
        switch self {
        case .unreadable: "refused: the URL cannot be read"
        case .scheme(let scheme): "refused: the scheme \(scheme.prefix(20)) is neither https nor http"
        case .socketScheme(let scheme): "refused: the scheme \(scheme.prefix(20)) is neither wss nor ws"
        case .userInformation: "refused: the URL holds a user name"
        case .port(let port): "refused: port \(port) is not allowed"
        case .address(let address, let kind): "refused: \(address) is \(kind)"
        case .noAddress: "the host name has no address"
        case .downgrade: "refused: a redirect leads from https to http"
        case .redirects(let limit): "refused: more than \(limit) redirects"
        }
    }
}
