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
    /// - Throws: `PlatformError` for a limit out of range, `DatabaseError`.
    package func available(_ filter: InventoryFilter = InventoryFilter()) async throws -> [VoiceNumber] {
        try await page(filter, for: nil).numbers
    }

    /// A page of numbers that a workspace, or anybody, can claim, in the order of their digits, and whether there are more after it.
    ///
    /// - Throws: `PlatformError` for a limit out of range, `DatabaseError`.
    package func page(
        _ filter: InventoryFilter,
        for workspaceID: Identifier?
    ) async throws -> (numbers: [VoiceNumber], hasMore: Bool) {
        guard (1...100).contains(filter.limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        var wanted = filter
        wanted.country = filter.country?.uppercased()
        if !filter.prefix.isEmpty, !filter.prefix.hasPrefix("+") { wanted.prefix = "+" + filter.prefix }
        wanted.limit += 1
        let found = try await context.database.read { [wanted] tx in
            let workspace = try workspaceID.map { try WorkspaceTable.require($0, in: tx) }
            return try NumberTable.available(wanted, for: workspace, in: tx)
        }
        return (Array(found.prefix(filter.limit)), found.count > filter.limit)
    }

    /// The operator's view: all numbers, at most 10,000.
    ///
    /// - Throws: `DatabaseError`.
    package func all() async throws -> [VoiceNumber] {
        try await context.database.read { try NumberTable.all(limit: 10_000, in: $0) }
    }
}
