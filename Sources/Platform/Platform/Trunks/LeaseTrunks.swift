import Database
package import Primitives

/// Shares the trunks that want us registered among the nodes: each is registered with by one node at a time.
package struct LeaseTrunks: Sendable {
    /// A trunk that this node registers with.
    package struct Lease: Sendable, Equatable {
        /// The trunk.
        package let trunk: Trunk
        /// The user of our contact there.
        package let token: String
    }

    /// How long a node has a trunk without saying that it still wants it.
    private static let length: Duration = .seconds(30)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Leases what is free and keeps what the node has; to be repeated every 10 s.
    ///
    /// - Throws: `DatabaseError`; CryptoKit's error when the master key is not the one that trunks were stored with.
    package func callAsFunction(nodeID: Identifier) async throws -> [Lease] {
        let now = context.serverClock.now()
        return try await context.database.write { tx in
            var leases: [Lease] = []
            for trunk in try TrunkTable.all(context.secrets, in: tx) where trunk.registers {
                let token = "t" + context.ids.secret(byteCount: 16).hexString
                let isOurs = try TrunkRegistrationTable.lease(
                    trunk.id,
                    to: nodeID,
                    token: token,
                    until: now + Self.length,
                    at: now,
                    in: tx
                )
                guard isOurs else { continue }
                let known = try TrunkRegistrationTable.all(in: tx).first { $0.trunkID == trunk.id }
                leases.append(Lease(trunk: trunk, token: known?.token ?? token))
            }
            return leases
        }
    }

    /// Notes how a registration is.
    ///
    /// - Parameters:
    ///   - interval: how long we are registered from now.
    ///   - address: the trunk's numeric address.
    /// - Throws: `DatabaseError`.
    package func note(
        _ status: TrunkRegistration.Status,
        of trunkID: Identifier,
        nodeID: Identifier,
        sipStatus: Int?,
        interval: Duration? = nil,
        address: String? = nil
    ) async throws {
        let expiresAt = interval.map { context.serverClock.now() + $0 }
        try await context.database.write { tx in
            try TrunkRegistrationTable.set(
                status,
                of: trunkID,
                by: nodeID,
                sipStatus: sipStatus,
                expiresAt: expiresAt,
                address: address,
                in: tx
            )
        }
    }

    /// Gives a trunk back, so that another node may register at once.
    ///
    /// - Throws: `DatabaseError`.
    package func release(_ trunkID: Identifier, nodeID: Identifier) async throws {
        try await context.database.write { try TrunkRegistrationTable.release(trunkID, by: nodeID, in: $0) }
    }
}
