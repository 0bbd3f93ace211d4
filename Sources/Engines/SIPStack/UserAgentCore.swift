import Logging
import NIOCore
import NIOPosix
import SIPWire
import Synchronization

/// The inside of a user agent: parses what arrives, matches it to transactions and calls. Confined to one event loop.
///
/// Unchecked for the same reason as `SIPSession`.
final class UserAgentCore: @unchecked Sendable {
    static let allow = "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, REFER, NOTIFY"

    let loop: any EventLoop
    let configuration: SIPConfiguration
    let counters = SIPCounters()
    let logger: Logger
    private(set) var port = 0
    /// Where encrypted connections are taken; nil when they are not.
    private(set) var tlsPort: Int?
    private(set) var transactions: TransactionLayer
    private var transport: TransportLayer?
    let browsers: WebSocketReception
    private let parser: SIPParser
    private var sessions: [String: SIPSession] = [:]
    var onInvite: (@Sendable (SIPSession) -> Void)?
    /// Told of those who register; without it they are refused.
    var onRegister: (@Sendable (IncomingRequest) -> Void)?
    /// Told of calls that take the place of others, and of those; without it that is not understood.
    var onReplace: (@Sendable (_ new: SIPSession, _ old: SIPSession) -> Void)?
    /// Knows the connections by which other nodes reach devices; nil when they do not.
    var edge: (any EdgeGate)?
    /// Whose door each address is: a trunk's, or nobody's that is known.
    var lanes = TrunkLanes()
    /// Tells those who wait for the answer of a request that there will be none.
    var awaiting: [Int: () -> Void] = [:]
    var nextRequestID = 0
    var sources: SourceGuard
    var trunks: TrunkGuard
    let locator: SIPLocator
    /// Where servers have failed lately.
    var health = PlaceHealth<SocketAddress>()
    private let beganAt = NIODeadline.now()
    private var random = SystemRandomNumberGenerator()

    init(loop: any EventLoop, configuration: SIPConfiguration, locator: SIPLocator, logger: Logger) {
        self.loop = loop
        self.locator = locator
        self.configuration = configuration
        self.logger = logger
        parser = SIPParser(limits: configuration.limits)
        sources = SourceGuard(configuration.sourceLimits)
        trunks = TrunkGuard(configuration.trunkLimits)
        browsers = WebSocketReception(loop: loop, settings: configuration.webSockets, counters: counters)
        transactions = TransactionLayer(
            loop: loop,
            timers: configuration.timers,
            limit: configuration.transactionLimit,
            counters: counters,
            send: { _, _, _ in }
        )
    }

    func start(onInvite: (@Sendable (SIPSession) -> Void)?) -> EventLoopFuture<Int> {
        loop.flatSubmit { [self] in
            self.onInvite = onInvite
            let transport = TransportLayer(loop: loop, configuration: configuration, counters: counters) {
                [weak self] in
                self?.receive($0, from: $1)
            }
            self.transport = transport
            transactions = TransactionLayer(
                loop: loop,
                timers: configuration.timers,
                limit: configuration.transactionLimit,
                counters: counters,
                send: { [weak transport] in transport?.send($0, to: $1, onFailure: $2) }
            )
            transactions.onTransmit = { [weak self] line, headers, localTag in
                self?.climb(line, headers, localTag, isOutgoing: true)
            }
            browsers.receive = { [weak self] in self?.receive($0, from: $1) }
            return transport.start().flatMap { ports in
                (self.port, self.tlsPort) = (ports.port, ports.tlsPort)
                return self.browsers.start().map { ports.port }
            }
        }
    }

    func shutDown() -> EventLoopFuture<Void> {
        loop.flatSubmit { [self] in
            transactions.shutDown()
            sessions = [:]
            onInvite = nil
            onRegister = nil
            onReplace = nil
            edge = nil
            for giveUp in awaiting.values { giveUp() }
            awaiting = [:]
            return browsers.close().flatMap { self.transport?.close() ?? self.loop.makeSucceededVoidFuture() }
        }
    }

    func renewCertificates() -> EventLoopFuture<Void> {
        loop.flatSubmit {
            let ours = self.transport?.renewCertificates() ?? self.loop.makeSucceededVoidFuture()
            return ours.flatMap { self.browsers.renewCertificate() }
        }
    }

    func onLoop(_ work: @escaping @Sendable () -> Void) {
        if loop.inEventLoop { work() } else { loop.execute(work) }
    }

    func schedule(_ wait: Duration, _ work: @escaping () -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(wait.nanoseconds), work)
    }

    // MARK: Names and addresses

    /// 64 random bits in hexadecimal: tags, branches, cnonces.
    func token() -> String { String(random.next(), radix: 16) }

    var host: String { configuration.advertisedHost ?? configuration.host }

    func via(for transport: SIPTransport) -> Via {
        Via(
            transport: transport.rawValue,
            host: host,
            port: port(for: transport),
            parameters: SIPParameters([("branch", "z9hG4bK" + token()), ("rport", nil)])
        )
    }

    func contact(for transport: SIPTransport) -> NameAddress {
        let name = transport.parameter
        let parameters = transport == .udp ? SIPParameters() : SIPParameters([("transport", name)])
        let port = port(for: transport)
        return NameAddress(uri: SIPURI(user: "sautikit", host: host, port: port, parameters: parameters))
    }

    func port(for transport: SIPTransport) -> Int {
        switch transport {
        case .udp, .tcp: port
        case .tls: tlsPort ?? port
        case .ws: browsers.plainPort ?? port
        case .wss: browsers.securePort ?? port
        }
    }

    /// Where a request of a dialog goes: its next hop when that is an address, else the way its first message took.
    func destination(of dialog: Dialog, fallback: SIPDestination?) -> SIPDestination? {
        // A browser has no address; what reaches it is its connection alone (RFC 7118 section 5).
        if let fallback, fallback.transport.isWebSocket { return fallback }
        let hop = dialog.nextHop
        let named = hop.parameters["transport"].flatMap { SIPTransport(rawValue: $0.uppercased()) }
        let transport = named ?? fallback?.transport ?? .udp
        if let fallback, fallback.transport == .tcp, transport == .tcp, fallback.connection?.isActive == true {
            return fallback
        }
        // Who was proven at the beginning is who goes on: a Contact names an address that no certificate does.
        if let fallback, fallback.transport == .tls { return fallback }
        guard
            let address = try? SocketAddress(
                ipAddress: hop.host.filter { $0 != "[" && $0 != "]" },
                port: hop.port ?? 5060
            )
        else { return fallback }
        return SIPDestination(transport: transport, address: address)
    }

    // MARK: Sessions

    func register(_ session: SIPSession) {
        sessions[Self.key(session.invite.headers.callID ?? "", session.localTag)] = session
    }

    func remove(_ session: SIPSession) {
        sessions[Self.key(session.invite.headers.callID ?? "", session.localTag)] = nil
    }

    var sessionCount: Int { sessions.count }

    /// Puts a message on the ladder of its call.
    private func climb(_ line: String, _ headers: SIPHeaders, _ localTag: String?, isOutgoing: Bool) {
        guard let localTag, let callID = headers.callID else { return }
        sessions[Self.key(callID, localTag)]?.climb(line, headers, isOutgoing: isOutgoing)
    }

    func send(_ request: SIPRequest, to destination: SIPDestination) {
        climb(request.method.rawValue, request.headers, request.headers.from?.tag, isOutgoing: true)
        transmit(request.bytes, to: destination) {}
    }

    /// Sends what belongs to no transaction of ours.
    func transmit(_ bytes: [UInt8], to destination: SIPDestination, onFailure: @escaping () -> Void) {
        transport?.send(bytes, to: destination, onFailure: onFailure)
    }

    private static func key(_ callID: String, _ localTag: String) -> String { localTag + " " + callID }

    // MARK: What arrives

    func receive(_ bytes: [UInt8], from origin: SIPDestination) {
        counters.received.add(1, ordering: .relaxed)
        do {
            switch try parser.parse(bytes) {
            case .response(let response):
                if passesOn(response) { return }
                let line = "\(response.status) \(response.reason)"
                climb(line, response.headers, response.headers.from?.tag, isOutgoing: false)
                transactions.receive(response)
            case .request(var request):
                let origin = Self.noteSource(of: &request, origin)
                if passesOn(request, from: origin) { return }
                climb(request.method.rawValue, request.headers, request.headers.to?.tag, isOutgoing: false)
                receive(request, from: origin)
            }
        } catch .refused(var request, let refusal) {
            counters.badRequests.add(1, ordering: .relaxed)
            guard request.method != .ack else { return }
            let origin = Self.noteSource(of: &request, origin)
            transport?.send(request.response(refusal, toTag: token()).bytes, to: origin, onFailure: {})
        } catch {
            counters.unreadable.add(1, ordering: .relaxed)
        }
    }

    /// Notes where a request really came from, and returns where its responses go: over UDP to the port that `Via` names,
    /// unless the peer asks for the one it sent from (RFC 3261 sections 18.2.1 and 18.2.2, RFC 3581 section 4).
    private static func noteSource(of request: inout SIPRequest, _ origin: SIPDestination) -> SIPDestination {
        guard var via = request.headers.topVia, let address = origin.address.ipAddress else { return origin }
        let wantsSourcePort = via.parameters.has("rport")
        if wantsSourcePort, let port = origin.address.port { via.parameters.set("rport", "\(port)") }
        if wantsSourcePort || via.host != address {
            via.parameters.set("received", address)
            request.headers.replaceTopVia(via)
        }
        guard origin.transport == .udp, !wantsSourcePort,
            let named = try? SocketAddress(ipAddress: address, port: via.port ?? 5060)
        else { return origin }
        var destination = SIPDestination(transport: .udp, address: named)
        destination.source = origin.address
        return destination
    }

    private func receive(_ request: SIPRequest, from origin: SIPDestination) {
        guard admits(request, from: origin) else { return }
        switch transactions.receive(request, from: origin) {
        case .absorbed: break
        case .ack: session(of: request)?.receivedACK(request)
        case .refused:
            counters.refused.add(1, ordering: .relaxed)
            refuse(request, to: origin)
        case .new(let transaction): dispatch(request, transaction)
        }
    }

    var uptime: Duration { .nanoseconds((NIODeadline.now() - beganAt).nanoseconds) }

    func refuse(_ request: SIPRequest, to origin: SIPDestination) {
        var response = request.response(503, toTag: token())
        response.headers.add(.retryAfter, "5")
        transport?.send(response.bytes, to: origin, onFailure: {})
    }

    func session(of request: SIPRequest) -> SIPSession? {
        guard let tag = request.headers.to?.tag, let callID = request.headers.callID else { return nil }
        return session(callID: callID, localTag: tag)
    }

    func session(callID: String, localTag: String) -> SIPSession? { sessions[Self.key(callID, localTag)] }

    /// The extensions that we understand.
    var supported: [String] { onReplace == nil ? ["timer"] : ["timer", "replaces"] }

    private func dispatch(_ request: SIPRequest, _ transaction: ServerTransaction) {
        if request.method == .cancel { return cancel(request, transaction) }
        let extensions = request.method == .register ? supported + ["path"] : supported
        if let refusal = RequestInspection.refusal(of: request, extensions: extensions) {
            return transactions.respond(request.response(refusal, toTag: token()), in: transaction)
        }
        if request.headers.to?.tag != nil {
            guard let session = session(of: request) else { return respond(481, transaction) }
            return session.receive(request, in: transaction)
        }
        switch request.method {
        case .invite: invite(request, transaction)
        case .options: respond(200, transaction)
        case .bye, .update, .info, .refer, .notify: respond(481, transaction)
        case .register:
            guard let onRegister else { return respond(405, transaction) }
            onRegister(IncomingRequest(transaction, core: self))
        default: respond(501, transaction)
        }
    }

    private func cancel(_ request: SIPRequest, _ transaction: ServerTransaction) {
        guard let invite = transactions.invite(canceledBy: request) else { return respond(481, transaction) }
        respond(200, transaction)
        invite.session?.canceledByPeer()
    }

    private func invite(_ request: SIPRequest, _ transaction: ServerTransaction) {
        if let asked = request.headers[.sessionExpires].flatMap({ SessionExpires($0) }),
            .seconds(asked.seconds) < configuration.minSessionExpires
        {
            var response = request.response(422, toTag: token())
            response.headers.add(.minSE, "\(configuration.minSessionExpires.components.seconds)")
            return transactions.respond(response, in: transaction)
        }
        let replacement = replacement(in: request)
        if case .refused(let status) = replacement { return respond(status, transaction) }
        guard let onInvite, sessions.count < configuration.sessionLimit else {
            counters.refused.add(1, ordering: .relaxed)
            return respond(503, transaction)
        }
        transactions.respond(request.response(100), in: transaction)
        let session = SIPSession(core: self, role: .callee, invite: request, localTag: token(), onEvent: { _ in })
        session.transaction = transaction
        transaction.session = session
        session.peer = transaction.origin
        transaction.onFailure = { [weak session] in session?.fail(.transport) }
        register(session)
        if case .session(let old) = replacement, let onReplace { return onReplace(session, old) }
        onInvite(session)
    }

    private func respond(_ status: Int, _ transaction: ServerTransaction) {
        var response = transaction.request.response(status, toTag: token())
        // Who asked for what we do not do is told what we do (sections 8.2.1 and 21.5.2).
        if [200, 405, 501].contains(status) { response.headers.add(.allow, Self.allow) }
        if status == 200 {
            response.headers.add(.accept, "application/sdp")
            response.headers.add(.supported, supported.joined(separator: ", "))
            response.headers.add(.server, configuration.userAgent)
        }
        transactions.respond(response, in: transaction)
    }
}
