import Database
import Logging
import Primitives

/// Writes to a workspace's own address. Nobody is written to for play money.
struct MailWorkspace {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func callAsFunction(_ text: MailText, _ workspace: Workspace, in tx: SQLTransaction) throws {
        guard !workspace.isTest else { return }
        let recipient: EmailAddress
        do {
            recipient = try EmailAddress(parsing: workspace.email, field: "email")
        } catch {
            context.logger.warning(
                "a workspace has no address to write to",
                metadata: ["workspace_id": "\(workspace.id)"]
            )
            return
        }
        try QueueMail(context)(text, to: recipient, in: tx)
    }
}
