package import Logging
package import NIOCore
import NIOPosix
import NameService
package import SIPWire

/// A SIP user agent: places and takes calls over UDP and TCP. Everything it does runs on one event loop, so the messages of
/// a call are never reordered.
package final class SIPUserAgent: Sendable {
    private let core: UserAgentCore

    /// Makes a user agent on one loop of the group.
    ///
    /// - Parameter locator: finds servers by their names; by the system's name servers unless it is said.
    package init(
        configuration: SIPConfiguration,
        group: any EventLoopGroup,
        locator: SIPLocator = SIPLocator(DNSResolver.system),
        logger: Logger
    ) {
        core = UserAgentCore(loop: group.next(), configuration: configuration, locator: locator, logger: logger)
    }

    /// Binds its sockets.
    ///
    /// - Parameter onInvite: told of the calls that come in, on the event loop, in their order. Without it they are refused
    ///   with 503.
    /// - Returns: the port bound, for UDP and TCP.
    /// - Throws: NIO's error when the port is taken.
    @discardableResult
    package func start(onInvite: (@Sendable (SIPSession) -> Void)? = nil) async throws -> Int {
        try await core.start(onInvite: onInvite).get()
    }

    /// Tells somebody else of the calls that come in; nil refuses them. In force when it returns: sockets are read before what the
    /// event loop was asked to do.
    package func takeCalls(_ handler: (@Sendable (SIPSession) -> Void)?) async {
        await change { $0.onInvite = handler }
    }

    /// Tells somebody of those who register; nil refuses them. In force when it returns.
    package func takeRegistrations(_ handler: (@Sendable (IncomingRequest) -> Void)?) async {
        await change { $0.onRegister = handler }
    }

    /// Tells somebody of calls that take the place of others (RFC 3891): answer the new one and hang up the old. It is for them to
    /// find out whether who calls may do that. Nil does not understand such calls. In force when it returns.
    package func takeReplacements(_ handler: (@Sendable (_ new: SIPSession, _ old: SIPSession) -> Void)?) async {
        await change { $0.onReplace = handler }
    }

    /// The answered call that its peer names for somebody who is to take its place (RFC 3891 section 3); nil when there is none. It is
    /// for whoever asks to find out whether the peer may do that.
    package func session(named name: Replaces) async -> SIPSession? {
        let core = core
        let session = try? await core.loop.submit { core.session(named: name) }.get()
        return session ?? nil
    }

    /// Says which trunk is at a numeric address, which has limits of its own; asked on the event loop. In force when it returns.
    ///
    /// - Parameter names: of all trunks that there are.
    package func knowTrunks(_ names: Set<String>, at trunk: @escaping @Sendable (String) -> TrunkLane?) async {
        await change { core in
            core.lanes = TrunkLanes(trunk)
            core.trunks.keep(names)
        }
    }

    private func change(_ work: @escaping @Sendable (UserAgentCore) -> Void) async {
        // An event loop that has ended takes nothing any more, so there is nothing to change.
        _ = try? await core.loop.submit { [core] in work(core) }.get()
    }

    /// Notes a wrong password for an account; who shows too many of them is not listened to for a while. From where a trunk is, nobody
    /// is listened to who names the account.
    package func blame(_ flow: SIPFlow, claiming account: String) {
        core.onLoop { [core] in core.blame(flow, claiming: account) }
    }

    /// What we call ourselves, and the port that is bound.
    package func place(for transport: SIPTransport) async -> RegistrationClient.Place {
        let core = core
        let port = try? await core.loop.submit { core.port(for: transport) }.get()
        return RegistrationClient.Place(host: core.host, port: port ?? core.configuration.port)
    }

    /// The port where encrypted connections are taken; nil when they are not.
    package func tlsPort() async -> Int? {
        let core = core
        let port = try? await core.loop.submit { core.tlsPort }.get()
        return port ?? nil
    }

    /// Says who may speak SIP over WebSocket; nil refuses all with 503. In force when it returns.
    package func takeSockets(_ gate: (any WebSocketGate)?) async {
        await change { $0.browsers.gate = gate }
    }

    /// Says by which connections other nodes reach devices; nil for none. In force when it returns.
    package func takeEdge(_ gate: (any EdgeGate)?) async {
        await change { $0.edge = gate }
    }

    /// The ports where SIP over WebSocket is taken, each nil when it is not.
    package func webSocketPorts() async -> (plain: Int?, secure: Int?) {
        let core = core
        let ports = try? await core.loop.submit { (core.browsers.plainPort, core.browsers.securePort) }.get()
        return ports.map { (plain: $0.0, secure: $0.1) } ?? (nil, nil)
    }

    /// Reads the files of certificates and keys anew, for connections that are made from now on.
    ///
    /// - Throws: `NIOSSLError` or the system's error when one cannot be read; then those read before stay in force.
    package func renewCertificates() async throws {
        try await core.renewCertificates().get()
    }

    /// Sends a request outside of any dialog; returns when it is answered for good, or nobody has answered it.
    package func send(_ request: OutgoingRequest) async -> RequestOutcome {
        await withCheckedContinuation { continuation in
            core.onLoop { [core] in core.send(request) { continuation.resume(returning: $0) } }
        }
    }

    /// Whether calls that come in are taken.
    package func takesCalls() async -> Bool {
        let core = core
        let isTaken = try? await core.loop.submit { core.onInvite != nil }.get()
        return isTaken ?? false
    }

    /// Places a call. `onEvent` is called on the event loop and ends with `failed` or `ended`.
    @discardableResult
    package func invite(
        _ invitation: OutgoingInvitation,
        onEvent: @escaping @Sendable (SessionEvent) -> Void
    ) -> SIPSession {
        let session = SIPSession(
            core: core,
            role: .caller,
            invite: SIPRequest(method: .invite, uri: invitation.uri),
            localTag: Self.tag(),
            onEvent: onEvent
        )
        let core = core
        core.destinations(of: invitation).whenComplete { result in
            core.onLoop { Self.start(session, invitation, try? result.get(), core) }
        }
        return session
    }

    private static func start(
        _ session: SIPSession,
        _ invitation: OutgoingInvitation,
        _ destinations: [SIPDestination]?,
        _ core: UserAgentCore
    ) {
        guard session.state == .inviting else { return }
        guard session.cancellation == nil else { return session.fail(.canceled) }
        guard let destinations, let first = destinations.first else { return session.fail(.transport) }
        session.invite = core.inviteRequest(invitation, over: first.transport, localTag: session.localTag)
        session.flow = invitation.flow?.destination
        // The table keeps the call alive: its owner may have let go of the handle.
        core.register(session)
        session.start(invitation, at: destinations)
    }

    /// Closes its sockets and forgets its calls, without a word to their peers: hang up first.
    package func shutDown() async {
        // Sockets that are closed already need no closing.
        _ = try? await core.shutDown().get()
    }

    /// What happened to messages so far.
    package var counters: SIPCounters { core.counters }

    /// Calls and transactions under way, for metrics and for tests that look for leaks.
    package func load() async -> (sessions: Int, transactions: Int) {
        let core = core
        let load = try? await core.loop.submit { (core.sessionCount, core.transactions.count) }.get()
        return load.map { (sessions: $0.0, transactions: $0.1) } ?? (0, 0)
    }

    private static func tag() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16)
    }
}
