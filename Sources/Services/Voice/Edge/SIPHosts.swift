import OutboundHTTP
import Platform
import Primitives

/// Finds the hosts of SIP URIs, which customers name: on the operator's list, and with public addresses or those of its networks.
struct SIPHosts: Sendable {
    /// Why a host is not called, in words for the timeline.
    struct Refusal: Error {
        let reason: String
    }

    let destinations: SIPAllowList
    let resolver: any HostResolver
    /// Whether our own address is one of IPv4, as of those that we send to one should be.
    let prefersIPv4: Bool

    /// The way to whom a URI names. All addresses of its host must be allowed: which one is called must not matter.
    ///
    /// - Throws: `Refusal`.
    func way(to uri: String) async throws(Refusal) -> SIPWay {
        let policy = DestinationPolicy(allowedNetworks: destinations.networks)
        do {
            let address = try destinations.address(uri)
            let found =
                if let literal = address.literal { [literal] } else { try await resolver.addresses(of: address.host) }
            try policy.check(found)
            guard let pinned = found.first(where: { $0.isIPv4 == prefersIPv4 }) ?? found.first else {
                throw DestinationRefusal.noAddress
            }
            return SIPWay(address: address, pinned: pinned, policy: policy)
        } catch let refusal as PlatformError {
            throw Refusal(reason: refusal.message)
        } catch {
            throw Refusal(reason: "\(error)")
        }
    }
}
