import Database
import Primitives

/// Does what a request asks for once, however often the request comes: the key is taken in the transaction that does the
/// work, so neither a crash nor a second node can do it twice (facts section 3).
struct Once {
    /// What an equal request did before.
    struct Earlier {
        /// What it made.
        let id: Identifier
        /// What its answer had besides, such as a secret that is shown once.
        let note: String?
    }

    let context: PlatformContext
    /// The workspace, or the person when there is none yet.
    let scopeID: Identifier
    /// Nil when the client sent no key: then nothing was before.
    let request: IdempotencyRequest?

    /// Takes the key for something about to be made; what was made before when there is such.
    ///
    /// - Throws: `PlatformError` `idempotency.conflict`; `DatabaseError`.
    func earlier(making id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Earlier? {
        guard let request else { return nil }
        let found = try IdempotencyTable.claim(
            request,
            of: scopeID,
            for: id,
            at: now,
            lifetime: context.settings.idempotencyLifetime,
            in: tx
        )
        guard let found else { return nil }
        let note = try found.sealedNote.map { try context.secrets.open($0, context: sealing(request)) }
        return Earlier(id: found.resourceID, note: note)
    }

    /// Keeps, sealed, what the answer has besides the thing that was made.
    func keep(_ note: String, in tx: SQLTransaction) throws {
        guard let request else { return }
        let sealed = try context.secrets.seal(note, context: sealing(request))
        try IdempotencyTable.setNote(sealed, of: request, of: scopeID, in: tx)
    }

    private func sealing(_ request: IdempotencyRequest) -> String {
        "idempotency:\(scopeID):\(request.key)"
    }
}
