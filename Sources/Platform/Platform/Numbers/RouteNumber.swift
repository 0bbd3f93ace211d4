import Database
package import Primitives

/// Changes where a number's calls and events go.
package struct RouteNumber: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Changes what `change` says, and keeps the rest. What goes out from now on is signed with a new secret.
    ///
    /// - Parameter change: is given the routing as it is, without its secret; a secret that it sets is a new one.
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.not_assigned`, `workspace.suspended`, or naming the field;
    ///   `DatabaseError`.
    package func callAsFunction(
        _ reference: String,
        workspaceID: Identifier,
        change: @escaping @Sendable (inout NumberRouting) -> Void
    ) async throws -> VoiceNumber {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let number = try NumberReference.require(reference, of: workspaceID, in: tx)
            guard number.status != .released else { throw ReleaseNumber.notAssigned }
            var routing = NumberRouting(
                voiceCallbackURL: number.voiceCallbackURL,
                eventsURL: number.eventsURL,
                fallbackURL: number.fallbackURL
            )
            routing.callbackFormat = number.callbackFormat.rawValue
            change(&routing)
            if let fault = PlatformError(routing.faults) { throw fault }
            let sealed = try routing.signingSecret.map {
                try context.secrets.seal($0, context: "number:\(number.id)")
            }
            try NumberTable.setRouting(routing, sealedSecret: sealed, of: number.id, in: tx)
            let changed = try NumberReference.require(reference, of: workspaceID, in: tx)
            try RecordAudit(context)(
                .numberRouted,
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
