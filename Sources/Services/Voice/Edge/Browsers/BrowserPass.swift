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
    private let keys: SIPTokenKeys
    private let current: Mutex<(token: SIPToken, text: String)>
    private let onClose: @Sendable (BrowserPass) -> Void

    init(
        id: Identifier,
        origin: String?,
        token: SIPToken,
        text: String,
        keys: SIPTokenKeys,
        onClose: @escaping @Sendable (BrowserPass) -> Void
    ) {
        self.id = id
        self.origin = origin
        first = token
        self.keys = keys
        current = Mutex((token, text))
        self.onClose = onClose
    }

    /// What was shown last.
    var token: SIPToken { current.withLock { $0.token } }

    /// Whether something new may begin; what has begun goes on. A key that is gone takes its tokens with it, also those that
    /// have opened a connection.
    func isValid(at now: Timestamp) -> Bool {
        let (token, text) = current.withLock { $0 }
        return now < token.expiresAt && keys.stillSigns(text)
    }

    /// Takes a later token of the same browser; false when it is somebody else's.
    func renew(_ token: SIPToken, _ text: String) -> Bool {
        current.withLock { current in
            let former = current.token
            guard token.workspaceID == former.workspaceID, token.user == former.user, token.number == former.number
            else { return false }
            // A former one that no key signs any more is worth less than any that was read just now.
            if token.expiresAt > former.expiresAt || !keys.stillSigns(current.text) { current = (token, text) }
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
