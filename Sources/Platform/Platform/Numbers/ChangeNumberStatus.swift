import Database
import Primitives

/// Stops a number from working, or lets it work again.
package struct ChangeNumberStatus: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Suspends a number, or resumes it; a number that is so already is left as it is.
    ///
    /// - Throws: `PlatformError` `numbers.not_found` or `numbers.not_active`; `DatabaseError`.
    package func callAsFunction(_ e164: String, isSuspended: Bool) async throws -> VoiceNumber {
        let e164 = try PhoneNumber(parsing: e164, field: "number").e164
        return try await context.database.write { tx in
            guard let found = try NumberTable.findLive(e164: e164, in: tx),
                let number = try NumberTable.lock(found.id, in: tx), let workspaceID = number.workspaceID
            else { throw PlatformError(.numberNotFound, "No workspace has the number \(e164).") }
            if number.status == (isSuspended ? .suspended : .active) { return number }
            let changed = try NumberTable.apply(isSuspended ? .suspend : .resume, to: number, in: tx)
            try RecordAudit(context)(
                isSuspended ? .numberSuspended : .numberResumed,
                of: number.id,
                before: number.auditView,
                after: changed.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return changed
        }
    }
}
