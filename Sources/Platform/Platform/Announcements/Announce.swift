import Database
import Primitives

/// Has every workspace told of something, inside the transaction that is the reason for it. `TellWorkspaces` writes the mails.
struct Announce: Sendable {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func callAsFunction(_ text: AnnouncementText, about subjectID: Identifier, in tx: SQLTransaction) throws {
        try insert(text, about: subjectID, upTo: nil, in: tx)
    }

    /// Ends the announcement about a thing where it is, and tells only those who were told of it.
    func callingOff(_ subjectID: Identifier, _ text: AnnouncementText, in tx: SQLTransaction) throws {
        guard let open = try AnnouncementTable.lock(about: subjectID, in: tx) else { return }
        try AnnouncementTable.advance(open.id, to: nil, isDone: true, in: tx)
        guard let toldTo = open.toldTo else { return }
        try insert(text, about: open.id, upTo: toldTo, in: tx)
    }

    private func insert(
        _ text: AnnouncementText,
        about subjectID: Identifier,
        upTo lastID: Identifier?,
        in tx: SQLTransaction
    ) throws {
        let now = context.clock.now()
        try AnnouncementTable.insert(text, about: subjectID, id: context.ids.next(), upTo: lastID, at: now, in: tx)
    }
}
