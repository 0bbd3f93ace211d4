import Database
package import Primitives

/// Makes the token that a workspace's own server hands to a browser; the API key stays where it is.
package struct MintSIPToken: Sendable {
    /// A token and its text.
    package struct Minted: Sendable {
        /// What it says.
        package let token: SIPToken
        /// What the browser shows.
        package let text: String
    }

    private let context: PlatformContext
    private let keys: SIPTokenKeys

    /// Makes the use case.
    package init(_ context: PlatformContext, keys: SIPTokenKeys) {
        self.context = context
        self.keys = keys
    }

    /// Mints one, in the server's own time: the gateway that reads it has no other.
    ///
    /// - Throws: `PlatformError` `workspace.suspended`, `numbers.not_found`, `numbers.not_active`,
    ///   `webrtc.token.profile_pending`, or naming the field; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, _ wish: SIPTokenWish = SIPTokenWish()) async throws -> Minted {
        if let identity = wish.identity, !SIPToken.isIdentity(identity) {
            throw PlatformError(
                .requestInvalid,
                "'\(wish.names.identity)' must be 1 to 64 letters, digits, dots, underscores or hyphens.",
                field: wish.names.identity
            )
        }
        let number = try await context.database.read { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            return try wish.number.map { try Self.number($0, of: workspaceID, in: tx) }
        }
        let token = SIPToken(
            workspaceID: workspaceID,
            identity: wish.identity,
            number: number?.e164,
            issuedAt: context.serverClock.now(),
            lifetime: wish.lifetime
        )
        return Minted(token: token, text: try await keys.sign(token))
    }

    private static func number(
        _ reference: String,
        of workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> VoiceNumber {
        let number = try NumberReference.require(reference, of: workspaceID, in: tx)
        if number.isInService { return number }
        if number.status == .porting {
            throw PlatformError(
                .profilePending,
                "\(number.e164) is still on its way from its carrier. Mint the token when it is active."
            )
        }
        throw PlatformError(.numberNotActive, "\(number.e164) is \(number.status.rawValue) and cannot be called with.")
    }
}
