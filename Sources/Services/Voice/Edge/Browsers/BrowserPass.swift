import Platform
import Primitives
import SIPStack
import Synchronization

/// A browser's connection and the token that it showed last: what comes by it needs no other proof.
final class BrowserPass: FlowPass {
    /// Names the connection.
    let id: Identifier
    /// The site of the page, which a later token must be allowed for, too.
    let origin: String?
    /// The token that opened it, under which it is counted.
    let first: SIPToken
    private let current: Mutex<SIPToken>
    private let onClose: @Sendable (BrowserPass) -> Void

    init(
        id: Identifier,
        origin: String?,
        token: SIPToken,
        onClose: @escaping @Sendable (BrowserPass) -> Void
    ) {
        self.id = id
        self.origin = origin
        first = token
        current = Mutex(token)
        self.onClose = onClose
    }

    /// What was shown last.
    var token: SIPToken { current.withLock { $0 } }

    /// Whether something new may begin; what has begun goes on.
    func isValid(at now: Timestamp) -> Bool { now < token.expiresAt }

    /// Takes a later token of the same browser; false when it is somebody else's.
    func renew(_ token: SIPToken) -> Bool {
        current.withLock { current in
            guard token.workspaceID == current.workspaceID, token.user == current.user, token.number == current.number
            else { return false }
            if token.expiresAt > current.expiresAt { current = token }
            return true
        }
    }

    func isSamePeer(as other: any FlowPass) -> Bool {
        guard let theirs = (other as? BrowserPass)?.token else { return false }
        let ours = token
        return theirs.workspaceID == ours.workspaceID && theirs.user == ours.user
    }

    func connectionClosed() { onClose(self) }
}
