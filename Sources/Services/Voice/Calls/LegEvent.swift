import Platform
import SIPStack

/// What happens to a call on this node.
enum LegEvent: Sendable {
    /// Begin, with the routes to try in their order.
    case dial([CallRoute])
    /// Begin with a call that came in.
    case offered
    /// Answer a call that came in.
    case answer
    /// Refuse a call that came in, with this final response.
    case refuse(status: Int, HangupCause)
    /// No port was free for its media.
    case noMediaPort
    /// A provisional response; whether it described early media.
    case provisional(status: Int, hasEarlyMedia: Bool)
    /// A 2xx with a description we can use.
    case answered
    /// A 2xx with a description we cannot use.
    case incompatible
    /// The INVITE failed.
    case failed(SessionFailure)
    /// The other side sent no sound for too long.
    case silence
    /// The answered call ended.
    case ended(SessionEnd)
    /// Somebody wants it to end: the API, a limit, a silent peer, a stopping node.
    case hangUp(HangupCause)
}
