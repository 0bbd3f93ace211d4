import Database
import Primitives

/// Notes a change in the transaction that makes it, so that there is no change without a note.
struct RecordAudit {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// Notes who did it, from where, and what became of the thing.
    ///
    /// - Parameters:
    ///   - before: the thing as it was, without its secrets; `null` when it is new.
    ///   - after: the thing as it is now; `null` when it is gone.
    func callAsFunction(
        _ action: AuditAction,
        of subjectID: Identifier,
        before: JSONValue = .null,
        after: JSONValue = .null,
        workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws {
        let entry = AuditEntry(
            id: context.ids.next(),
            workspaceID: workspaceID,
            occurredAt: context.clock.now(),
            action: action,
            asker: context.asker,
            subjectID: subjectID,
            before: before,
            after: after
        )
        try AuditTable.insert(entry, in: tx)
    }
}
