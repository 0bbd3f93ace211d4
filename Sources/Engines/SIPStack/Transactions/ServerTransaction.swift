import NIOCore
import SIPWire

/// A server transaction under way: its machine, its request, the way back and the last response. Confined to the event loop.
final class ServerTransaction {
    enum Machine {
        case invite(InviteServerTransaction)
        case other(NonInviteServerTransaction)
    }

    let key: TransactionKey
    let request: SIPRequest
    let origin: SIPDestination
    var machine: Machine
    var lastResponse: SIPResponse?
    var timers: [TransactionTimer: Scheduled<Void>] = [:]
    /// The call that an INVITE began.
    weak var session: SIPSession?
    /// Told when an INVITE's failure was never acknowledged, or its response could not be sent.
    var onFailure: (() -> Void)?

    init(key: TransactionKey, request: SIPRequest, origin: SIPDestination, timers: SIPTimers) {
        self.key = key
        self.request = request
        self.origin = origin
        let isReliable = origin.transport.isReliable
        machine =
            request.method == .invite
            ? .invite(InviteServerTransaction(timers: timers, isReliable: isReliable))
            : .other(NonInviteServerTransaction(timers: timers, isReliable: isReliable))
    }

    func handle(_ event: ServerEvent) -> [TransactionAction] {
        switch machine {
        case .invite(var invite):
            defer { machine = .invite(invite) }
            return invite.handle(event)
        case .other(var other):
            defer { machine = .other(other) }
            return other.handle(event)
        }
    }

    func cancelTimers() {
        for timer in timers.values { timer.cancel() }
        timers = [:]
    }
}
