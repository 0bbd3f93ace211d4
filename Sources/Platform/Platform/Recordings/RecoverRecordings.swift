import Database
import Logging
import Primitives

/// Goes through a spool for what a crash left: recordings that nobody wrote to the end are completed and kept, and files that
/// the store has already are deleted.
package struct RecoverRecordings: Sendable {
    private enum Verdict {
        /// The store has it.
        case stored
        /// The call is over, and nobody knows of its recording.
        case forgotten
        /// Somebody is at it, or it is nobody's business here.
        case left
    }

    private let context: PlatformContext
    private let vault: ObjectVault
    private let spool: any RecordingSpool

    /// Goes through `spool`.
    package init(_ context: PlatformContext, vault: ObjectVault, spool: any RecordingSpool) {
        self.context = context
        self.vault = vault
        self.spool = spool
    }

    /// Looks at every recording that nobody has written to for `patience`, and returns how many were taken care of.
    ///
    /// - Throws: `DatabaseError`; when the spool cannot be read.
    package func callAsFunction(quietFor patience: Duration = .seconds(60)) async throws -> Int {
        var count = 0
        for found in try await spool.quiet(for: patience) {
            switch try await verdict(of: found) {
            case .left: continue
            case .stored: try await spool.remove(RecordingFileNames.all(ofMix: found.mix))
            case .forgotten:
                let facts = try await spool.complete(found.mix)
                context.logger.warning("a recording was found again", metadata: ["call_id": "\(found.callID)"])
                try await KeepRecording(context, vault: vault)(
                    id: found.id,
                    source: found.source,
                    callID: found.callID,
                    mix: found.mix,
                    facts: facts,
                    spoolID: spool.id
                )
            }
            count += 1
        }
        return count
    }

    private func verdict(of found: SpooledRecording) async throws -> Verdict {
        try await context.database.read { tx in
            if try RecordingTable.find(found.id, in: tx) != nil { return .stored }
            guard try !RecordingJobTable.has(found.id, in: tx),
                let call = try CallTable.find(found.callID, in: tx), call.status.isTerminal
            else { return .left }
            return .forgotten
        }
    }
}
