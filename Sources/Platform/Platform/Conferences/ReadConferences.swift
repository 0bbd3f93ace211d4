import Database
package import Primitives

/// Shows conferences and who is in them.
package struct ReadConferences: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page, newest first, and whether there are older ones.
    ///
    /// - Parameter isLive: whether those that go on are meant, or those that are over.
    /// - Throws: `DatabaseError`.
    package func page(
        workspaceID: Identifier,
        isLive: Bool,
        before cursor: Identifier?,
        limit: Int
    ) async throws -> (conferences: [Conference], hasMore: Bool) {
        let found = try await context.database.read {
            try ConferenceTable.page(of: workspaceID, isLive: isLive, before: cursor, limit: limit + 1, in: $0)
        }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// The conference that goes on under a name, or the one of an id (`conf_…`), and all who were in it, in the order in which
    /// they came.
    ///
    /// - Throws: `PlatformError` `conferences.not_found`; `DatabaseError`.
    package func one(
        _ room: String,
        workspaceID: Identifier
    ) async throws -> (conference: Conference, participants: [ConferenceParticipant]) {
        try await context.database.read { tx in
            let conference = try Self.require(room, of: workspaceID, in: tx)
            return (conference, try ConferenceTable.participants(of: conference.id, in: tx))
        }
    }

    static func require(_ room: String, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Conference {
        var found = try ConferenceTable.find(live: room, of: workspaceID, in: tx)
        if found == nil, let id = Identifier(parsing: room) { found = try ConferenceTable.find(id, in: tx) }
        guard let found, found.workspaceID == workspaceID else {
            throw PlatformError(.conferenceNotFound, "There is no conference '\(room.prefix(128))' in this workspace.")
        }
        return found
    }
}
