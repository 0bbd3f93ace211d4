import Database
package import Primitives

/// Lists numbers: a workspace's own, the inventory, or all of them.
package struct ListNumbers: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The numbers of a workspace, oldest claim first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func owned(by workspaceID: Identifier) async throws -> [VoiceNumber] {
        try await context.database.read { try NumberTable.owned(by: workspaceID, in: $0) }
    }

    /// One number of a workspace, also one that it has given back.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`; `DatabaseError`.
    package func one(_ reference: String, workspaceID: Identifier) async throws -> VoiceNumber {
        try await context.database.read { try NumberReference.require(reference, of: workspaceID, in: $0) }
    }

    /// Numbers that can be claimed.
    ///
    /// - Parameters:
    ///   - country: two letters in either case; nil for all.
    ///   - prefix: how the number begins, with or without `+`.
    ///   - limit: 1 to 100.
    /// - Throws: `PlatformError` for a limit out of range, `DatabaseError`.
    package func available(country: String? = nil, prefix: String = "", limit: Int = 25) async throws -> [VoiceNumber] {
        guard (1...100).contains(limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        let start = prefix.isEmpty || prefix.hasPrefix("+") ? prefix : "+" + prefix
        return try await context.database.read {
            try NumberTable.available(country: country?.uppercased(), prefix: start, limit: limit, in: $0)
        }
    }

    /// The operator's view: all numbers, at most 10,000.
    ///
    /// - Throws: `DatabaseError`.
    package func all() async throws -> [VoiceNumber] {
        try await context.database.read { try NumberTable.all(limit: 10_000, in: $0) }
    }
}
