import Primitives

/// How an operator wants a trunk's calls to be known.
package struct TrunkInboundWish: Sendable {
    /// Networks such as `196.201.0.0/16`.
    package var sources: [String]
    /// The user name of its digests; nil when it has none.
    package var username: String?
    /// Its password.
    package var password: String?
    /// What proves that a call is the trunk's; with an account one of the two suffices when nil.
    package var acceptance: TrunkAcceptance?

    /// Makes a wish; by default the trunk's own address alone.
    package init(
        sources: [String] = [],
        username: String? = nil,
        password: String? = nil,
        acceptance: TrunkAcceptance? = nil
    ) {
        self.sources = sources
        self.username = username
        self.password = password
        self.acceptance = acceptance
    }

    /// What is stored of it.
    ///
    /// - Throws: `PlatformError` naming the field at fault.
    func inbound() throws(PlatformError) -> TrunkInbound {
        let networks = try sources.map { text throws(PlatformError) in
            guard let network = IPNetwork(parsing: text) else {
                throw PlatformError(
                    .requestInvalid,
                    "'\(text.prefix(64))' is not a network such as 196.201.0.0/16 or an address.",
                    field: "sources"
                )
            }
            return network
        }
        guard (username == nil) == (password == nil) else {
            throw PlatformError(
                .requestInvalid,
                "Give both the user name and the password of inbound calls, or neither.",
                field: "inbound_password"
            )
        }
        let acceptance = acceptance ?? (username == nil ? .address : .either)
        guard acceptance.needsAccount == (username != nil) else {
            throw PlatformError(
                .requestInvalid,
                username == nil
                    ? "Calls are known by digest only with a user name and a password."
                    : "A user name for inbound calls is used only if they are known by digest, either or both.",
                field: "acceptance"
            )
        }
        if let username { try Self.require(username) }
        return TrunkInbound(
            acceptance: acceptance,
            sources: networks,
            username: username,
            secret: username.map {
                DigestSecret(username: $0, realm: TrunkInbound.realm, password: password ?? "")
            }
        )
    }

    private static func require(_ username: String) throws(PlatformError) {
        let isPlain = username.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        guard (1...64).contains(username.count), isPlain, !SIPCredential.isUsername(username) else {
            throw PlatformError(
                .requestInvalid,
                "A trunk's user name has 1 to 64 letters, digits and signs, and is not one of a SIP credential.",
                field: "inbound_username"
            )
        }
    }
}
