import Primitives

/// Legs that ring at once, as a value: the first that is ready is connected, the others are given up.
struct DialGroup: Sendable {
    enum Event: Sendable {
        /// The other side is alerted.
        case ringing(Identifier)
        /// The network sends sound before the answer.
        case earlyMedia(Identifier)
        /// The other side has answered, and has heard what it was to hear first.
        case ready(Identifier)
        /// The leg is over, for this reason.
        case ended(Identifier, DialResult.Status)
        /// Whoever waited wants the dial to end.
        case stop
    }

    enum Command: Sendable, Equatable {
        /// Let the caller hear that it rings.
        case ringBack
        /// Let the caller hear what the network sends.
        case hear(Identifier)
        /// Connect the two.
        case connect(Identifier)
        /// End a leg.
        case giveUp(Identifier)
        /// All is over.
        case finish(DialResult.Status, Identifier?)
    }

    private var live: [Identifier]
    /// The leg that is connected.
    private(set) var winner: Identifier?
    private var isRinging = false
    private var isHeard = false
    private var isStopped = false
    private var outcome = DialResult.Status.failed
    private var last: Identifier?

    /// - Parameter legs: those that are being dialled; at least one.
    init(_ legs: [Identifier]) {
        live = legs
        last = legs.last
    }

    /// A leg that is connected already.
    init(connectedTo leg: Identifier) {
        self.init([leg])
        winner = leg
    }

    /// Legs that have not ended.
    var legs: [Identifier] { live }

    mutating func handle(_ event: Event) -> [Command] {
        switch event {
        case .ringing(let id):
            guard live.contains(id), winner == nil, !isRinging, !isHeard else { return [] }
            isRinging = true
            return [.ringBack]
        case .earlyMedia(let id):
            // Of several only the one that answers is heard.
            guard live == [id], winner == nil, !isHeard else { return handle(.ringing(id)) }
            isHeard = true
            return [.hear(id)]
        case .ready(let id):
            guard live.contains(id) else { return [] }
            guard winner == nil, !isStopped else { return [.giveUp(id)] }
            winner = id
            return live.filter { $0 != id }.map { .giveUp($0) } + [.connect(id)]
        case .ended(let id, let status): return ended(id, status)
        case .stop:
            guard !isStopped else { return [] }
            isStopped = true
            return live.map { .giveUp($0) }
        }
    }

    private mutating func ended(_ id: Identifier, _ status: DialResult.Status) -> [Command] {
        guard let index = live.firstIndex(of: id) else { return [] }
        live.remove(at: index)
        if id == winner {
            return [.finish(.completed, id)]
        }
        guard winner == nil else { return [] }
        // Busy says more than nobody there, and that more than a failure.
        if Self.weight(status) >= Self.weight(outcome) { (outcome, last) = (status, id) }
        return live.isEmpty ? [.finish(isStopped ? .canceled : outcome, last)] : []
    }

    private static func weight(_ status: DialResult.Status) -> Int {
        switch status {
        case .failed: 0
        case .canceled: 1
        case .noAnswer: 2
        case .busy: 3
        case .completed: 4
        }
    }
}
