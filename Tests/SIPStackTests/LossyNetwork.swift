import SIPStack

/// One transaction between two machines over a network that loses, repeats and reorders, on a clock that jumps from event
/// to event. Everything follows from the seed.
struct LossyNetwork {
    enum Outcome: Equatable {
        case final(Int)
        case timeout
    }

    private enum Side: Hashable {
        case client, server
    }

    private struct TimerName: Hashable {
        let side: Side
        let timer: TransactionTimer
    }

    private enum Message {
        case request
        case ack
        case response(Int)
    }

    private enum Happening {
        case arrive(Side, Message)
        case fire(Side, TransactionTimer, generation: Int)
        case respond(Int)
        /// The user of the server repeats its 2xx until the ACK comes (RFC 3261 section 13.3.1.4).
        case respondAgain(Int, interval: Duration)
    }

    private struct Entry {
        let at: Duration
        let order: Int
        let happening: Happening
    }

    private var client: InviteClientTransaction?
    private var otherClient: NonInviteClientTransaction?
    private var server: InviteServerTransaction?
    private var otherServer: NonInviteServerTransaction?
    private let timers: SIPTimers
    private let isInvite: Bool
    private let plan: [(after: Duration, status: Int)]
    private var random: UInt64
    private let lossPercent: UInt64
    private var queue: [Entry] = []
    private var order = 0
    private var now: Duration = .zero
    private var generations: [TimerName: Int] = [:]
    private var running: Set<TimerName> = []
    private var lastResponse = 0
    private var isAcknowledged = false
    private var hasHeardProvisional = false
    private var hasHeardFinal = false

    /// What the client's user was told, in order; one for a transaction that behaves.
    private(set) var outcomes: [Outcome] = []
    /// Whether each side has forgotten the transaction.
    private(set) var isClientGone = false
    private(set) var isServerGone = false
    /// Whether any copy of the request came through.
    private(set) var hasReachedServer = false
    /// Timers that are still set when nothing can happen any more.
    var leftTimers: Int { running.count }
    /// A phone that rang and of which no final response came through: INVITE has no timer for it (RFC 3261 section
    /// 17.1.1.2), its user has one.
    var isLeftRinging: Bool { isInvite && hasHeardProvisional && !hasHeardFinal && !isClientGone }

    init(seed: UInt64, isInvite: Bool, finalStatus: Int) {
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        self.isInvite = isInvite
        timers = SIPTimers()
        lossPercent = seed % 60
        plan =
            isInvite
            ? [(.zero, 100), (.seconds(1), 180), (.seconds(3), finalStatus)] : [(.milliseconds(20), finalStatus)]
        if isInvite {
            client = InviteClientTransaction(timers: timers, isReliable: false)
        } else {
            otherClient = NonInviteClientTransaction(timers: timers, isReliable: false)
        }
    }

    /// Runs until nothing can happen any more, or for as many steps as no honest transaction takes.
    mutating func run() -> Bool {
        perform(clientActions(.start), .client, status: 0)
        for _ in 0..<10_000 {
            guard
                let index = queue.indices.min(by: { (queue[$0].at, queue[$0].order) < (queue[$1].at, queue[$1].order) })
            else {
                return true
            }
            let entry = queue.remove(at: index)
            now = entry.at
            step(entry.happening)
        }
        return false
    }

    private mutating func step(_ happening: Happening) {
        switch happening {
        case .arrive(.server, .request): requestArrived()
        case .arrive(.server, .ack):
            isAcknowledged = true
            perform(serverActions(.ack), .server, status: 0)
        case .arrive(.client, .response(let status)):
            if status < 200 { hasHeardProvisional = true } else { hasHeardFinal = true }
            perform(clientActions(.response(status: status)), .client, status: status)
        case .arrive: break
        case .fire(let side, let timer, let generation):
            let name = TimerName(side: side, timer: timer)
            guard generations[name] == generation, running.remove(name) != nil else { return }
            perform(
                side == .client ? clientActions(.timer(timer)) : serverActions(.timer(timer)),
                side,
                status: lastResponse
            )
        case .respond(let status):
            lastResponse = status
            perform(serverActions(.respond(status: status)), .server, status: status)
            if isInvite, 200..<300 ~= status { scheduleAgain(status, timers.t1) }
        case .respondAgain(let status, let interval):
            guard !isAcknowledged, !isServerGone else { return }
            perform(serverActions(.respond(status: status)), .server, status: status)
            scheduleAgain(status, min(interval * 2, timers.t2))
        }
    }

    private mutating func scheduleAgain(_ status: Int, _ interval: Duration) {
        schedule(.respondAgain(status, interval: interval), after: interval)
    }

    private mutating func requestArrived() {
        hasReachedServer = true
        if server != nil || otherServer != nil {
            return perform(serverActions(.requestRetransmitted), .server, status: 0)
        }
        guard !isServerGone else { return }
        if isInvite {
            server = InviteServerTransaction(timers: timers, isReliable: false)
        } else {
            otherServer = NonInviteServerTransaction(timers: timers, isReliable: false)
        }
        for part in plan { schedule(.respond(part.status), after: part.after) }
    }

    private mutating func perform(_ actions: [TransactionAction], _ side: Side, status: Int) {
        for action in actions {
            switch action {
            case .sendRequest: send(.request, to: .server)
            case .sendACK: send(.ack, to: .server)
            case .sendResponse: send(.response(lastResponse), to: .client)
            case .deliver where side == .client: deliver(status)
            case .deliver: break
            case .start(let timer, let wait):
                let name = TimerName(side: side, timer: timer)
                generations[name, default: 0] += 1
                running.insert(name)
                schedule(.fire(side, timer, generation: generations[name] ?? 0), after: wait)
            case .stop(let timer): running.remove(TimerName(side: side, timer: timer))
            case .reportTimeout, .reportTransportFailure: if side == .client { outcomes.append(.timeout) }
            case .terminate: forget(side)
            }
        }
    }

    private mutating func deliver(_ status: Int) {
        guard status >= 200 else { return }
        let isSuccess = isInvite && status < 300
        // Each copy of a 2xx is delivered, for its user to acknowledge; any other outcome comes once.
        if isSuccess { send(.ack, to: .server) }
        if !isSuccess || outcomes.last != .final(status) { outcomes.append(.final(status)) }
    }

    private mutating func forget(_ side: Side) {
        if side == .client { isClientGone = true } else { isServerGone = true }
        // As the layer does: a transaction that ends takes its timers with it.
        running = running.filter { $0.side != side }
        if side == .client {
            (client, otherClient) = (nil, nil)
        } else {
            (server, otherServer) = (nil, nil)
        }
    }

    private mutating func send(_ message: Message, to side: Side) {
        let copies = draw(100) < lossPercent ? 0 : draw(100) < 10 ? 2 : 1
        for _ in 0..<copies { schedule(.arrive(side, message), after: .milliseconds(Int(draw(400)) + 1)) }
    }

    private mutating func schedule(_ happening: Happening, after wait: Duration) {
        order += 1
        queue.append(Entry(at: now + wait, order: order, happening: happening))
    }

    private mutating func draw(_ bound: UInt64) -> UInt64 {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return random % bound
    }

    private mutating func clientActions(_ event: ClientEvent) -> [TransactionAction] {
        client?.handle(event) ?? otherClient?.handle(event) ?? []
    }

    private mutating func serverActions(_ event: ServerEvent) -> [TransactionAction] {
        server?.handle(event) ?? otherServer?.handle(event) ?? []
    }
}
