import Database
import Logging
import Primitives

/// Writes the mails of announcements: one for each live workspace, in the order of their ids, a batch at a time. How far it has come
/// is stored with the mails of a batch, so neither a crash nor a second worker tells anybody twice.
package struct TellWorkspaces: Sendable {
    private static let batch = 200

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Tells all who are to be told, and returns how many mails were written.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        guard try await context.database.read(snapshot: .perStatement, { try AnnouncementTable.hasOpen(in: $0) }) else {
            return 0
        }
        var count = 0
        while !Task.isCancelled {
            let told = try await context.database.write(isolation: .readCommitted) { try tellSome(in: $0) }
            guard let told else { break }
            count += told
        }
        return count
    }

    /// How many were told; nil when nothing is left that nobody else is at.
    private func tellSome(in tx: SQLTransaction) throws -> Int? {
        guard let open = try AnnouncementTable.take(in: tx) else { return nil }
        let workspaces = try WorkspaceTable.live(after: open.toldTo, upTo: open.lastID, limit: Self.batch, in: tx)
        var count = 0
        for workspace in workspaces where try tell(workspace, open.text, in: tx) { count += 1 }
        let isDone = workspaces.count < Self.batch
        try AnnouncementTable.advance(open.id, to: workspaces.last?.id, isDone: isDone, in: tx)
        return count
    }

    private func tell(_ workspace: Workspace, _ text: AnnouncementText, in tx: SQLTransaction) throws -> Bool {
        let recipient: EmailAddress
        do {
            recipient = try EmailAddress(parsing: workspace.email, field: "email")
        } catch {
            context.logger.warning(
                "a workspace has no address to write to",
                metadata: ["workspace_id": "\(workspace.id)"]
            )
            return false
        }
        let mail = MailText(subject: text.subject, text: text.text + "\n\nThis is for the workspace \(workspace.name).")
        try QueueMail(context)(mail, to: recipient, in: tx)
        return true
    }
}
