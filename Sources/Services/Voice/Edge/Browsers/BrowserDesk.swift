import Logging
import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization

/// The browsers that are connected to this node: lets them in, counts them, and knows where they can be called. Their contacts
/// end with their connections; other nodes read of them in the database, and reach them through this one.
final class BrowserDesk: WebSocketGate {
    /// Where telephones connect that have a SIP credential and no token; the last part of the path.
    static let devicePath = "/devices"

    private struct Entry {
        var contacts: [Registration]
        let flow: SIPFlow
        let pass: BrowserPass
    }

    private struct State {
        var connections: [SIPToken: Int] = [:]
        var entries: [Identifier: Entry] = [:]
    }

    private let context: PlatformContext
    private let keys: SIPTokenKeys
    private let admission: AdmitBrowser
    private let connectionsPerToken: Int
    /// Whether other nodes call these browsers, too.
    private let isShared: Bool
    private let state = Mutex(State())
    /// Whether there is something that other nodes were not told.
    private let hasRest = Atomic(false)

    init(_ context: PlatformContext, keys: SIPTokenKeys, connectionsPerToken: Int, isShared: Bool) {
        self.context = context
        self.keys = keys
        self.connectionsPerToken = connectionsPerToken
        self.isShared = isShared
        admission = AdmitBrowser(context, keys: keys)
    }

    // MARK: Handshakes

    func admit(_ handshake: WebSocketHandshake) async -> WebSocketVerdict {
        // A proxy in front may have put something before it.
        if handshake.path.hasSuffix(Self.devicePath) { return .admitted(DevicePass(origin: handshake.origin)) }
        do {
            let token = try await admission(token: handshake.token, origin: handshake.origin)
            guard take(token) else {
                return .refused(status: 429, "This token has \(connectionsPerToken) connections. Mint another.")
            }
            let pass = BrowserPass(
                id: context.ids.next(),
                origin: handshake.origin,
                token: token,
                text: handshake.token ?? "",
                keys: keys
            ) { [weak self] in
                self?.left($0)
            }
            return .admitted(pass)
        } catch let refusal as SIPTokenRefusal {
            VoiceMetrics.refused(refusal)
            return .refused(status: refusal.isAboutToken ? 401 : 403, "The token is refused: \(refusal.rawValue).")
        } catch {
            context.logger.error("a browser could not be admitted", metadata: ["error": "\(error)"])
            return .refused(status: 503, "The gateway cannot look the token up now.")
        }
    }

    /// Lets a browser go on with a later token.
    ///
    /// - Throws: `SIPTokenRefusal`; `DatabaseError`.
    func renew(_ pass: BrowserPass, with text: String) async throws {
        let token = try await admission(token: text, origin: pass.origin)
        guard pass.renew(token, text) else { throw SIPTokenRefusal.forged }
    }

    private func take(_ token: SIPToken) -> Bool {
        state.withLock { state in
            let count = state.connections[token, default: 0]
            guard count < connectionsPerToken else { return false }
            state.connections[token] = count + 1
            return true
        }
    }

    private func left(_ pass: BrowserPass) {
        let wasRegistered = state.withLock { state in
            let count = state.connections[pass.first, default: 1] - 1
            state.connections[pass.first] = count > 0 ? count : nil
            return state.entries.removeValue(forKey: pass.id) != nil
        }
        guard isShared, wasRegistered else { return }
        Task {
            do {
                try await KeepBrowsers(context).remove(pass.id)
            } catch {
                // It expires by itself.
                context.logger.warning("a browser could not be forgotten", metadata: ["error": "\(error)"])
            }
        }
    }

    // MARK: Contacts

    /// Applies what a REGISTER asks for, all of it or nothing.
    ///
    /// - Returns: the connection's contacts then.
    /// - Throws: `RegisterRefusal`.
    func register(
        _ pass: BrowserPass,
        _ wish: RegisterWish,
        from place: DevicePlace,
        over flow: SIPFlow
    ) throws(RegisterRefusal) -> [Registration] {
        let (now, limits) = (context.serverClock.now(), context.settings.registrations)
        return try state.withLock { state throws(RegisterRefusal) -> [Registration] in
            var bindings = Bindings(state.entries[pass.id]?.contacts ?? [], limits: limits)
            try bindings.apply(wish, of: pass.id, from: place, at: now) { context.ids.next() }
            // Who has closed the connection meanwhile would stay for ever.
            let isReachable = flow.isOpen && !bindings.all.isEmpty
            state.entries[pass.id] = isReachable ? Entry(contacts: bindings.all, flow: flow, pass: pass) : nil
            return bindings.all
        }
    }

    /// Tells other nodes where a browser is, or that it is nowhere any more. What cannot be told now is told by `publishRest`.
    func publish(_ pass: BrowserPass) async {
        guard isShared else { return }
        do {
            try await store(pass)
        } catch {
            hasRest.store(true, ordering: .relaxed)
            context.logger.warning("other nodes do not know of a browser", metadata: ["error": "\(error)"])
        }
    }

    /// Tells other nodes of all browsers again, if that could not be done when it should have been.
    ///
    /// - Parameter isForgotten: whether they may have taken this node for dead.
    func publishRest(isForgotten: Bool) async {
        guard hasRest.exchange(false, ordering: .relaxed) || isForgotten else { return }
        for pass in state.withLock({ $0.entries.values.map(\.pass) }) {
            await publish(pass)
            if hasRest.load(ordering: .relaxed) { return }
        }
    }

    private func store(_ pass: BrowserPass) async throws {
        if let contact = contact(of: pass) { try await KeepBrowsers(context).put(contact, of: pass.token) }
        // It may have gone meanwhile.
        if contact(of: pass) == nil { try await KeepBrowsers(context).remove(pass.id) }
    }

    private func contact(of pass: BrowserPass) -> Registration? {
        state.withLock { $0.entries[pass.id]?.contacts.first }
    }

    /// The connection of a browser that may be called here; nil when there is none, or its token has ended.
    func flow(of connectionID: Identifier) -> SIPFlow? {
        let now = context.serverClock.now()
        return state.withLock { state in
            state.entries[connectionID].flatMap { $0.pass.isValid(at: now) ? $0.flow : nil }
        }
    }

    /// The ways to all browsers that a number of the workspace rings; one whose token has ended is rung no more.
    func ways(toNumber e164: String, of workspaceID: Identifier) -> [DeviceWay] {
        ways { $0.workspaceID == workspaceID && ($0.number ?? e164) == e164 }
    }

    /// The ways to the browsers of somebody in the workspace.
    func ways(named identity: String, of workspaceID: Identifier) -> [DeviceWay] {
        ways { $0.workspaceID == workspaceID && $0.identity == identity }
    }

    private func ways(_ matches: (SIPToken) -> Bool) -> [DeviceWay] {
        let now = context.serverClock.now()
        let entries = state.withLock { state in
            state.entries.values.filter { matches($0.pass.token) && $0.pass.isValid(at: now) && $0.flow.isOpen }
        }
        return entries.flatMap { entry in
            // Several contacts of one connection are one browser.
            entry.contacts.filter { $0.expiresAt > now }.prefix(1).compactMap { contact in
                SIPURI(contact.contact).map { DeviceWay(registration: contact, contact: $0, hop: .flow(entry.flow)) }
            }
        }
    }

    /// Browsers that can be called here.
    var count: Int { state.withLock { $0.entries.count } }
}
