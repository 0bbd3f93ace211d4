import Primitives

/// A session as the table has it.
struct StoredSession: Sendable {
    let session: Session
    let expiresAt: Timestamp
    let revokedAt: Timestamp?

    /// The session, if it holds at a moment.
    func session(at now: Timestamp) throws(PlatformError) -> Session {
        guard revokedAt == nil, expiresAt > now else { throw Self.invalid }
        return session
    }

    static let invalid = PlatformError(.sessionInvalid, "The session is over. Sign in again.")
}
