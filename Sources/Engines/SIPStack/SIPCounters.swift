package import Synchronization

/// What happened to messages, readable from any thread.
package final class SIPCounters: Sendable {
    /// Messages that arrived.
    package let received = Atomic<Int>(0)
    /// Messages sent, retransmissions included.
    package let sent = Atomic<Int>(0)
    /// Messages that could not be read and were dropped.
    package let unreadable = Atomic<Int>(0)
    /// Requests that could not be used, and were refused with 400, 416, 505 or 513.
    package let badRequests = Atomic<Int>(0)
    /// Responses that belong to no transaction.
    package let unmatchedResponses = Atomic<Int>(0)
    /// Messages we sent again.
    package let retransmissions = Atomic<Int>(0)
    /// Requests that came again.
    package let requestRetransmissions = Atomic<Int>(0)
    /// Requests refused because a limit was reached.
    package let refused = Atomic<Int>(0)
    /// Messages that the transport could not send.
    package let sendFailures = Atomic<Int>(0)

    /// Messages sent on between devices and other nodes.
    package let forwarded = Atomic<Int>(0)
    /// Requests dropped because their source sends too many.
    package let throttled = Atomic<Int>(0)
    /// Requests dropped because their source is banned.
    package let banned = Atomic<Int>(0)
    /// Wrong passwords.
    package let wrongPasswords = Atomic<Int>(0)
    /// Sources that were banned.
    package let bans = Atomic<Int>(0)

    /// Connections by WebSocket that are open.
    package let webSocketsOpen = Atomic<Int>(0)
    /// Those that have been opened.
    package let webSocketsOpened = Atomic<Int>(0)
    /// Handshakes that were refused, by the gate or a limit.
    package let webSocketsRefused = Atomic<Int>(0)
    /// Those that were closed because the peer broke the rules or did not read.
    package let webSocketsDropped = Atomic<Int>(0)
    private let trunkRefusals = Mutex<[TrunkRefusal: Int]>([:])

    /// What of each trunk's requests was not looked at.
    package var refusedOfTrunks: [TrunkRefusal: Int] { trunkRefusals.withLock { $0 } }

    func refused(_ trunk: TrunkLane, _ reason: TrunkRefusal.Reason) {
        trunkRefusals.withLock { $0[TrunkRefusal(trunk: trunk.name, reason: reason), default: 0] += 1 }
    }

    init() {}
}
