import Platform
import Primitives
import SIPStack
import Synchronization

/// The connection of a telephone that speaks SIP over WebSocket: who it is, each of its requests proves by digest.
final class DevicePass: FlowPass {
    /// The site of its page; nil when it is not a page's.
    let origin: String?
    private let proven = Mutex<Identifier?>(nil)

    init(origin: String?) {
        self.origin = origin
    }

    /// The credential that was proven last.
    var credentialID: Identifier? { proven.withLock { $0 } }

    /// Remembers who has been proven to be at the other end.
    func prove(_ credential: SIPCredential) {
        proven.withLock { $0 = credential.id }
    }

    func isSamePeer(as other: any FlowPass) -> Bool {
        guard let other = other as? DevicePass else { return false }
        return other === self || credentialID.map { $0 == other.credentialID } ?? false
    }

    func connectionClosed() {}
}
