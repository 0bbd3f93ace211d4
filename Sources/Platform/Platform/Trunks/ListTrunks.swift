import Database
package import Primitives

/// Lists carriers.
package struct ListTrunks: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// All trunks, by priority.
    ///
    /// - Throws: `DatabaseError`; CryptoKit's error when the master key is not the one they were stored with.
    package func callAsFunction() async throws -> [Trunk] {
        try await context.database.read { try TrunkTable.all(context.secrets, in: $0) }
    }

    /// How we are registered with those that want it.
    ///
    /// - Throws: `DatabaseError`.
    package func registrations() async throws -> [TrunkRegistration] {
        try await context.database.read { try TrunkRegistrationTable.all(in: $0) }
    }

    /// The trunks for a workspace's call to a number, in the order to try them: longest prefix first, then the lowest priority number.
    ///
    /// - Throws: as above.
    package func matching(_ e164: String, workspaceID: Identifier) async throws -> [Trunk] {
        try await context.database.read { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            return try TrunkTable.matching(e164, for: workspace, context.secrets, in: tx)
        }
    }

    /// The trunk that sends calls by digest under a user name, and what its digests are checked with.
    ///
    /// - Throws: as above.
    package func digest(ofUsername username: String) async throws -> (trunkID: Identifier, secret: DigestSecret)? {
        try await context.database.read { tx in
            guard let trunk = try TrunkTable.find(inboundUsername: username, context.secrets, in: tx),
                let secret = trunk.inbound.secret
            else { return nil }
            return (trunk.id, secret)
        }
    }
}
