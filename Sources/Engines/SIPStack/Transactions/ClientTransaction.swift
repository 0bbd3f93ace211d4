import NIOCore
import SIPWire

/// A client transaction under way: its machine, its request, where it goes and who is told. Confined to the event loop.
final class ClientTransaction {
    enum Machine {
        case invite(InviteClientTransaction)
        case other(NonInviteClientTransaction)
    }

    enum News {
        case response(SIPResponse)
        case timeout
        case transportFailure
    }

    let key: TransactionKey
    let request: SIPRequest
    let destination: SIPDestination
    let onNews: (News) -> Void
    var machine: Machine
    var timers: [TransactionTimer: Scheduled<Void>] = [:]

    init(
        key: TransactionKey,
        request: SIPRequest,
        destination: SIPDestination,
        timers: SIPTimers,
        onNews: @escaping (News) -> Void
    ) {
        self.key = key
        self.request = request
        self.destination = destination
        self.onNews = onNews
        let isReliable = destination.transport.isReliable
        machine =
            request.method == .invite
            ? .invite(InviteClientTransaction(timers: timers, isReliable: isReliable))
            : .other(NonInviteClientTransaction(timers: timers, isReliable: isReliable))
    }

    func handle(_ event: ClientEvent) -> [TransactionAction] {
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
