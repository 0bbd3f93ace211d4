package import Primitives

/// How a trunk's calls to us are known.
package struct TrunkInbound: Sendable, Equatable {
    /// The realm of the digests of all trunks.
    package static let realm = "sautikit"

    /// What proves that a call is the trunk's.
    package let acceptance: TrunkAcceptance
    /// Networks that its calls come from, besides its own host and port.
    package let sources: [IPNetwork]
    /// The user name of its digests; nil when it has none.
    package let username: String?
    /// What they are checked with.
    package let secret: DigestSecret?

    init(
        acceptance: TrunkAcceptance = .address,
        sources: [IPNetwork] = [],
        username: String? = nil,
        secret: DigestSecret? = nil
    ) {
        self.acceptance = acceptance
        self.sources = sources
        self.username = username
        self.secret = secret
    }
}
