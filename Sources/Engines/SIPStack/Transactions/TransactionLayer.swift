import NIOCore
import SIPWire
import Synchronization

/// All transactions of a user agent: matches messages to them, runs their machines and timers. Confined to one event loop.
final class TransactionLayer {
    private let loop: any EventLoop
    private let timers: SIPTimers
    private let limit: Int
    private let counters: SIPCounters
    private let send: ([UInt8], SIPDestination, @escaping () -> Void) -> Void
    private var clients: [TransactionKey: ClientTransaction] = [:]
    private var servers: [TransactionKey: ServerTransaction] = [:]

    /// - Parameter send: sends bytes; the closure is called when that fails.
    init(
        loop: any EventLoop,
        timers: SIPTimers,
        limit: Int,
        counters: SIPCounters,
        send: @escaping ([UInt8], SIPDestination, @escaping () -> Void) -> Void
    ) {
        self.loop = loop
        self.timers = timers
        self.limit = limit
        self.counters = counters
        self.send = send
    }

    /// Told of each message that is sent, repetitions included.
    var onTransmit: ((_ line: String, _ headers: SIPHeaders, _ localTag: String?) -> Void)?

    var count: Int { clients.count + servers.count }

    /// Starts a client transaction; the request's topmost Via carries the branch.
    func start(
        _ request: SIPRequest,
        to destination: SIPDestination,
        onNews: @escaping (ClientTransaction.News) -> Void
    ) {
        let branch = request.headers.topVia?.branch ?? ""
        let key = TransactionKey(branch: branch, sentBy: "", method: request.method)
        let transaction = ClientTransaction(
            key: key,
            request: request,
            destination: destination,
            timers: timers,
            onNews: onNews
        )
        clients[key] = transaction
        perform(transaction.handle(.start), transaction, response: nil)
    }

    /// Hands a response to its transaction; one that belongs to none is dropped.
    func receive(_ response: SIPResponse) {
        guard response.headers.hasOneVia, let key = TransactionKey(response: response.headers),
            let transaction = clients[key]
        else {
            counters.unmatchedResponses.add(1, ordering: .relaxed)
            return
        }
        perform(transaction.handle(.response(status: response.status)), transaction, response: response)
    }

    /// What becomes of a request that arrived.
    enum Arrival {
        /// A new transaction for the user.
        case new(ServerTransaction)
        /// An ACK of a 2xx, which is no transaction's but the user's own.
        case ack
        /// Dealt with here.
        case absorbed
        /// Too many transactions are under way.
        case refused
    }

    /// Matches a request to its transaction, or begins one.
    func receive(_ request: SIPRequest, from origin: SIPDestination) -> Arrival {
        guard let key = TransactionKey(request: request) else { return .absorbed }
        if let known = servers[key] {
            if request.method == .ack {
                // In the accepted state the ACK is the user's: it stops the 2xx.
                if let status = known.lastResponse?.status, (200..<300).contains(status) { return .ack }
                perform(known.handle(.ack), known)
            } else {
                counters.requestRetransmissions.add(1, ordering: .relaxed)
                perform(known.handle(.requestRetransmitted), known)
            }
            return .absorbed
        }
        if request.method == .ack { return .ack }
        guard servers.count < limit else { return .refused }
        let transaction = ServerTransaction(key: key, request: request, origin: origin, timers: timers)
        servers[key] = transaction
        return .new(transaction)
    }

    /// Whether a request has come before.
    func knows(_ request: SIPRequest) -> Bool {
        TransactionKey(request: request).map { servers[$0] != nil } ?? false
    }

    /// The INVITE that a CANCEL is about (RFC 3261 section 9.2).
    func invite(canceledBy cancel: SIPRequest) -> ServerTransaction? {
        guard let key = TransactionKey(request: cancel) else { return nil }
        return servers[TransactionKey(branch: key.branch, sentBy: key.sentBy, method: .invite)]
    }

    /// Responds in a transaction.
    func respond(_ response: SIPResponse, in transaction: ServerTransaction) {
        transaction.lastResponse = response
        perform(transaction.handle(.respond(status: response.status)), transaction)
    }

    /// Stops all timers and forgets everything.
    func shutDown() {
        for transaction in clients.values { transaction.cancelTimers() }
        for transaction in servers.values { transaction.cancelTimers() }
        clients = [:]
        servers = [:]
    }

    private func perform(_ actions: [TransactionAction], _ transaction: ClientTransaction, response: SIPResponse?) {
        for action in actions {
            switch action {
            case .sendRequest: transmit(transaction.request, transaction)
            case .sendACK:
                if let response { transmit(SIPRequest(ackOf: response, to: transaction.request), transaction) }
            case .sendResponse: break
            case .deliver: if let response { transaction.onNews(.response(response)) }
            case .start(let timer, let duration):
                transaction.timers[timer]?.cancel()
                transaction.timers[timer] = schedule(duration) { [weak self, weak transaction] in
                    guard let self, let transaction else { return }
                    if timer == .retransmit { counters.retransmissions.add(1, ordering: .relaxed) }
                    perform(transaction.handle(.timer(timer)), transaction, response: nil)
                }
            case .stop(let timer): transaction.timers.removeValue(forKey: timer)?.cancel()
            case .reportTimeout: transaction.onNews(.timeout)
            case .reportTransportFailure: transaction.onNews(.transportFailure)
            case .terminate:
                transaction.cancelTimers()
                clients[transaction.key] = nil
            }
        }
    }

    private func transmit(_ request: SIPRequest, _ transaction: ClientTransaction) {
        onTransmit?(request.method.rawValue, request.headers, request.headers.from?.tag)
        send(request.bytes, transaction.destination) { [weak self, weak transaction] in
            guard let self, let transaction else { return }
            perform(transaction.handle(.transportFailed), transaction, response: nil)
        }
    }

    private func perform(_ actions: [TransactionAction], _ transaction: ServerTransaction) {
        for action in actions {
            switch action {
            case .sendRequest, .sendACK, .deliver: break
            case .sendResponse: if let response = transaction.lastResponse { transmit(response, transaction) }
            case .start(let timer, let duration):
                transaction.timers[timer]?.cancel()
                transaction.timers[timer] = schedule(duration) { [weak self, weak transaction] in
                    guard let self, let transaction else { return }
                    if timer == .retransmit { counters.retransmissions.add(1, ordering: .relaxed) }
                    perform(transaction.handle(.timer(timer)), transaction)
                }
            case .stop(let timer): transaction.timers.removeValue(forKey: timer)?.cancel()
            case .reportTimeout, .reportTransportFailure: transaction.onFailure?()
            case .terminate:
                transaction.cancelTimers()
                servers[transaction.key] = nil
            }
        }
    }

    private func transmit(_ response: SIPResponse, _ transaction: ServerTransaction) {
        onTransmit?("\(response.status) \(response.reason)", response.headers, response.headers.to?.tag)
        send(response.bytes, transaction.origin) { [weak self, weak transaction] in
            guard let self, let transaction else { return }
            perform(transaction.handle(.transportFailed), transaction)
        }
    }

    private func schedule(_ duration: Duration, _ work: @escaping () -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(duration.nanoseconds), work)
    }
}
