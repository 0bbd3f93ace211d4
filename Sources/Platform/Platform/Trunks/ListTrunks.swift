import Database

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

    /// The trunks for a number, in the order to try them: longest prefix first, then the lowest priority number.
    ///
    /// - Throws: as above.
    package func matching(_ e164: String) async throws -> [Trunk] {
        try await context.database.read { try TrunkTable.matching(e164, context.secrets, in: $0) }
    }
}
