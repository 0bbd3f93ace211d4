package import Primitives

/// Finds the addresses of a host name.
package protocol HostResolver: Sendable {
    /// All addresses, the best first; may be empty.
    ///
    /// - Throws: `ResolutionFailure`.
    func addresses(of host: String) async throws -> [IPAddress]
}
