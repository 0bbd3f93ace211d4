import OutboundHTTP
import Platform
import Primitives
import SIPStack

/// Finds the hosts of SIP URIs, which customers name: on the operator's list, and with public addresses or those of its networks.
struct SIPHosts: Sendable {
    /// Why a host is not called, in words for the timeline.
    struct Refusal: Error {
        let reason: String
    }

    let destinations: SIPAllowList
    let locator: SIPLocator

    /// The way to whom a URI names. All addresses that its host leads to must be allowed: which one is called must not matter.
    ///
    /// - Throws: `Refusal`.
    func way(to uri: String) async throws(Refusal) -> SIPWay {
        let policy = DestinationPolicy(allowedNetworks: destinations.networks)
        do {
            let address = try destinations.address(uri)
            let places = try await locator.places(of: SIPTarget(address))
            for place in places where !destinations.allows(address, at: place.port) {
                throw DestinationRefusal.port(place.port)
            }
            try policy.check(places.compactMap { IPAddress(parsing: $0.address) })
            return SIPWay(address: address, pinned: places, policy: policy)
        } catch let refusal as PlatformError {
            throw Refusal(reason: refusal.message)
        } catch {
            throw Refusal(reason: "\(error)")
        }
    }
}
