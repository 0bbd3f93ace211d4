import Platform
import Primitives

/// A transfer of a party who is kept (RFC 5589 section 6), as a value: the target is called, and whoever answers takes the place of the
/// transferor. If nobody does, the two are connected again; if the transferor has gone meanwhile, the conversation is over.
struct BlindTransfer: Sendable {
    enum Event: Sendable {
        /// These legs are called.
        case placed([Identifier])
        /// Nobody may be called, with this status.
        case refused(status: Int)
        /// A leg is alerted.
        case ringing(Identifier)
        /// The network sends sound before the answer.
        case earlyMedia(Identifier)
        /// A leg has answered.
        case ready(Identifier)
        /// A leg is over.
        case ended(Identifier, HangupCause)
        /// The transferor has hung up: there is no way back.
        case transferorLeft
        /// The party has hung up, or does something else.
        case partyLeft
    }

    enum Command: Sendable, Equatable {
        case report(TransferNews)
        /// Let the party hear that it rings.
        case ringBack
        /// Let the party hear what the network sends.
        case hear(Identifier)
        /// Connect the party with this leg.
        case connect(Identifier)
        /// End a leg.
        case giveUp(Identifier)
        /// Connect the party with the transferor again.
        case restore
        /// End the conversation.
        case part
    }

    private enum State {
        /// Nobody is called yet.
        case placing
        case calling
        case over
    }

    /// Those who are called; empty until they are.
    private(set) var group: DialGroup?
    private var state = State.placing
    private var hasTransferor = true
    private var lastCause: HangupCause?

    mutating func handle(_ event: Event) -> [Command] {
        switch (state, event) {
        case (.over, .ready(let id)): return [.giveUp(id)]
        case (.over, _): return []
        case (_, .transferorLeft):
            hasTransferor = false
            return []
        case (_, .partyLeft):
            state = .over
            return legs.map { .giveUp($0) } + [.report(.failed(status: 487))]
        case (.placing, .placed(let ids)):
            state = .calling
            group = DialGroup(ids)
            return []
        case (.placing, .refused(let status)): return fail(status)
        case (.calling, .ringing(let id)): return follow(.ringing(id))
        case (.calling, .earlyMedia(let id)): return follow(.earlyMedia(id))
        case (.calling, .ready(let id)): return follow(.ready(id))
        case (.calling, .ended(let id, let cause)):
            lastCause = cause
            return follow(.ended(id, cause.dialStatus))
        default: return []
        }
    }

    /// Those who are called and have not ended.
    var legs: [Identifier] { group?.legs ?? [] }

    private mutating func follow(_ event: DialGroup.Event) -> [Command] {
        (group?.handle(event) ?? []).flatMap { command -> [Command] in
            switch command {
            case .ringBack: return [.report(.progressed(status: 180)), .ringBack]
            case .hear(let id): return [.report(.progressed(status: 183)), .hear(id)]
            case .giveUp(let id): return [.giveUp(id)]
            case .connect(let id):
                state = .over
                return [.connect(id), .report(.completed(id))]
            case .finish(let status, _): return fail(sipStatus(status))
            }
        }
    }

    private mutating func fail(_ status: Int) -> [Command] {
        state = .over
        return [.report(.failed(status: status)), hasTransferor ? .restore : .part]
    }

    /// Of several the most telling reason, else why the last could not be reached.
    private func sipStatus(_ status: DialResult.Status) -> Int {
        switch status {
        case .busy: 486
        case .noAnswer: 480
        default: (lastCause ?? .normalTemporaryFailure).sipStatus
        }
    }
}
