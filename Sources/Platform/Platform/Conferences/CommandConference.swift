import Database
package import Primitives

/// Does something in a conference that goes on: the node that mixes it is told through one of its calls.
package struct CommandConference: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Tells the node.
    ///
    /// - Parameters:
    ///   - room: the conference's name or id.
    ///   - participant: a call in the conference, in any rendering; everybody when nil.
    /// - Throws: `PlatformError` `conferences.not_found`, `conferences.participant_not_found` or `workspace.suspended`;
    ///   `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        room: String,
        act: ConferenceCommand.Act,
        participant: String?,
        callbackURL: String?
    ) async throws -> Conference {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let conference = try ReadConferences.require(room, of: workspaceID, in: tx)
            guard conference.endedAt == nil else {
                throw PlatformError(.conferenceNotFound, "The conference is over.")
            }
            let present = try ConferenceTable.participants(of: conference.id, in: tx).filter { $0.leftAt == nil }
            let one = try participant.map { try Self.find($0, workspaceID, among: present, in: tx) }
            // Whoever is in it leads to the node; the conference is over when nobody is.
            guard let way = one ?? present.first, let call = try CallTable.find(way.callID, in: tx) else {
                throw PlatformError(.conferenceNotFound, "The conference is over.")
            }
            let command = ConferenceCommand(act, participant: one?.callID, callbackURL: callbackURL)
            _ = try CommandCall(context).tell(call, .conference(command), in: tx)
            return conference
        }
    }

    private static func find(
        _ reference: String,
        _ workspaceID: Identifier,
        among present: [ConferenceParticipant],
        in tx: SQLTransaction
    ) throws -> ConferenceParticipant {
        let call = try? GetCall.require(reference, of: workspaceID, in: tx)
        guard let call, let found = present.first(where: { $0.callID == call.id }) else {
            throw PlatformError(.conferenceParticipantNotFound, "'\(reference.prefix(64))' is not in the conference.")
        }
        return found
    }
}
