import Database

/// Finds out who is asked what a call does.
package struct ReadCallRouting: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The routing of a call: its own URL goes before that of its number.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`; `DatabaseError`; CryptoKit's error when the master key is not the one that
    ///   secrets were stored with.
    package func callAsFunction(_ call: Call) async throws -> CallRouting {
        let number = try await context.database.read { tx in
            guard let number = try NumberTable.find(id: call.numberID, in: tx) else {
                throw PlatformError(.numberNotFound, "The number of call \(call.id) is gone.")
            }
            return try CallRouting.read(of: number, context.secrets, in: tx)
        }
        return CallRouting(
            voiceCallbackURL: call.voiceCallbackURL ?? number.voiceCallbackURL,
            fallbackURL: number.fallbackURL,
            wantsForm: number.wantsForm,
            signingSecret: number.signingSecret
        )
    }
}
