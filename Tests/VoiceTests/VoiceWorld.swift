import Crypto
import Database
import Ledger
import Logging
import MediaEngine
import NIOPosix
import OutboundHTTP
import Platform
import Primitives
import SIPStack
import Sound
import TestSupport
import Voice
import WebTestSupport

/// A voice node at work on a fresh SQLite file, with a workspace that has KES 1,000 and a number.
struct VoiceWorld: Sendable {
    static let number = "+254200000001"
    static let callee = "+254712345678"
    static let signingSecret = "a-secret-of-the-number"

    /// What a test may change before the node starts.
    struct Settings {
        var platform = PlatformSettings()
        var sip = SIPConfiguration()
        var media = MediaConfiguration()
        var longestCall: Duration = .seconds(3600)
        /// Where others are told to send sound.
        var mediaHost = "127.0.0.1"
        /// Whether other nodes are told where it is.
        var hasPlace = true
        var digestSchemes: [DigestScheme] = [.sha256, .md5]
        var keepAlive: Duration = .seconds(25)
        /// How long a browser's handshake may take.
        var handshakeLimit: Duration = .seconds(20)
        /// Whose `Path` is followed.
        var proxies: [IPNetwork] = []
        var callbackTimeout: Duration = .seconds(10)
        var soundTimeout: Duration = .seconds(10)
        /// Where the hosts of trunks and SIP URIs are.
        var names = FixedNames()

        init() {
            platform.ringTimeout = .seconds(20)
            sip.port = 0
            // 64 x T1 is how long a trunk may be silent: 9.6 s is enough for a machine that is busy with other tests.
            sip.timers.t1 = .milliseconds(150)
            sip.timers.t2 = .milliseconds(400)
            sip.timers.t4 = .milliseconds(200)
            media.ports = 36_000...37_999
        }
    }

    let context: PlatformContext
    let clock: ManualWallClock
    let workspace: Workspace
    let agent: SIPUserAgent
    /// Where the node takes calls.
    let port: Int
    let service: VoiceService
    let shelf: TestShelf
    private let ground: VoiceGround
    private let media: MediaEngine
    private let client: GuardedClient
    /// What the node works on: the same file, its own connection.
    private let nodeDatabase: Database
    private let running = Locked<Task<Void, any Error>?>(nil)

    /// Runs a node while `body` works with it.
    static func run(
        _ change: (inout Settings) -> Void = { _ in },
        _ body: (VoiceWorld) async throws -> Void
    ) async throws {
        try await run(nodes: 1, change) { try await body($0[0]) }
    }

    /// Runs several nodes on one database while `body` works with them.
    static func run(
        nodes count: Int,
        _ change: (inout Settings) -> Void = { _ in },
        _ body: ([VoiceWorld]) async throws -> Void
    ) async throws {
        var settings = Settings()
        change(&settings)
        let ground = try await VoiceGround(settings)
        var worlds: [VoiceWorld] = []
        for _ in 0..<count { worlds.append(try await VoiceWorld(settings, ground)) }
        for world in worlds { try await world.start() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(worlds)) } catch { result = .failure(error) }
        for world in worlds { await world.end() }
        await ground.context.database.close()
        try result.get()
    }

    private func start() async throws {
        running.withLock { [service] in $0 = Task { try await service.run() } }
        try await Waiting.until { [agent] in await agent.takesCalls() ? true : nil }
    }

    private func end() async {
        await stop()
        await agent.shutDown()
        await client.shutDown()
        media.shutDown()
        await nodeDatabase.close()
    }

    private init(_ settings: Settings, _ ground: VoiceGround) async throws {
        self.ground = ground
        (context, clock, workspace, shelf) = (ground.context, ground.clock, ground.workspace, ground.shelf)
        let logger = context.logger
        nodeDatabase = try await Database.open(
            ground.location,
            migrations: PlatformSchema.migrations,
            logger: logger
        )
        let own = ground.context(on: nodeDatabase)
        agent = SIPUserAgent(
            configuration: settings.sip,
            group: MultiThreadedEventLoopGroup.singleton,
            locator: SIPLocator(settings.names),
            logger: logger
        )
        port = try await agent.start()
        media = try MediaEngine(configuration: settings.media, logger: logger)
        let group = MultiThreadedEventLoopGroup.singleton
        client = GuardedClient(
            policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
            resolver: FixedResolver([:]),
            group: group
        )
        service = VoiceService(
            context: own,
            configuration: Self.voice(settings, port: port),
            sounds: Self.sounds(own, ground.folder, shelf.vault, client, within: settings.soundTimeout),
            keeper: RecordingKeeper(
                own,
                vault: shelf.vault,
                spool: shelf.spool,
                publicURL: "http://127.0.0.1:8080",
                pollInterval: .milliseconds(20)
            ),
            agent: agent,
            media: media,
            client: client,
            sockets: try GuardedSocketClient(
                policy: DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
                resolver: FixedResolver([:]),
                group: group
            ),
            tokens: Self.tokens,
            locator: SIPLocator(settings.names)
        )
    }

    private static func voice(_ settings: Settings, port: Int) -> VoiceConfiguration {
        var voice = VoiceConfiguration()
        voice.heartbeat = .milliseconds(20)
        voice.place = settings.hasPlace ? NodePlace(address: "127.0.0.1", port: port) : nil
        voice.shutdownLimit = .seconds(3)
        voice.longestCall = settings.longestCall
        voice.mediaHost = settings.mediaHost
        voice.digestSchemes = settings.digestSchemes
        voice.keepAlive = settings.keepAlive
        voice.handshakeLimit = settings.handshakeLimit
        voice.proxies = settings.proxies
        voice.callbackTimeout = settings.callbackTimeout
        return voice
    }

    private static func sounds(
        _ context: PlatformContext,
        _ folder: TemporaryFolder,
        _ vault: ObjectVault,
        _ client: GuardedClient,
        within limit: Duration
    ) -> SoundLibrary {
        var settings = SoundSettings(
            cacheFolder: folder.path("sounds"),
            promptsFolder: folder.path("prompts"),
            publicURL: "http://127.0.0.1:8080"
        )
        settings.fetchTimeout = limit
        return SoundLibrary(context, settings: settings, client: client, vault: vault)
    }

    /// What browsers' tokens are signed with.
    static let tokens = SIPTokenKeys(active: SymmetricKey(size: .bits256))

    // MARK: What a test does

    /// Adds a trunk for all numbers.
    func addTrunk(_ name: String = "carrier", port: Int, priority: Int = 1) async throws {
        _ = try await AddTrunk(context)(
            name: name,
            address: "127.0.0.1:\(port)",
            transport: .udp,
            prefix: "+254",
            priority: priority
        )
    }

    /// Places a call through a trunk; returns it and the phone that has it, once it has the status that is waited for.
    func call(
        through trunk: TestTrunk,
        until status: CallStatus? = nil
    ) async throws -> (call: Call, phone: TrunkCall) {
        try await addTrunk(port: trunk.port)
        let call = try await place()
        let phone = try await trunk.nextCall()
        if let status { try await wait(for: status, of: call) }
        return (call, phone)
    }

    /// Places a call.
    func place(_ change: (inout CallRequest) -> Void = { _ in }) async throws -> Call {
        var request = CallRequest(workspaceID: workspace.id, from: Self.number, to: Self.callee)
        change(&request)
        return try await PlaceCall(context)(request).call
    }

    /// Changes where the number's calls go.
    func route(_ change: @escaping @Sendable (inout NumberRouting) -> Void) async throws {
        _ = try await RouteNumber(context)(Self.number, workspaceID: workspace.id, change: change)
    }

    /// The one call that there is.
    func onlyCall() async throws -> Call {
        try await Waiting.until {
            let calls = try await ListCalls(context)(workspaceID: workspace.id, filter: CallFilter()).calls
            return calls.count == 1 ? calls[0] : nil
        }
    }

    /// The first call of a kind.
    func call(_ matches: @escaping @Sendable (Call) -> Bool) async throws -> Call {
        try await Waiting.until {
            try await ListCalls(context)(workspaceID: workspace.id, filter: CallFilter()).calls.first(where: matches)
        }
    }

    /// The one call that came in.
    func inboundCall() async throws -> Call {
        var filter = CallFilter()
        filter.direction = .inbound
        let wanted = filter
        return try await Waiting.until {
            try await ListCalls(context)(workspaceID: workspace.id, filter: wanted).calls.first
        }
    }

    /// What a call has dialled.
    func legs(of call: Call) async throws -> [Call] {
        try await ListCalls(context)(workspaceID: workspace.id, filter: CallFilter()).calls
            .filter { $0.parentID == call.id }
    }

    func leg(of call: Call) async throws -> Call {
        try await Waiting.until { try await legs(of: call).first }
    }

    /// Asks for the end of a call, as the API does.
    func hangUp(_ call: Call) async throws {
        _ = try await RequestHangup(context)(workspaceID: workspace.id, reference: call.id.uuidString)
    }

    /// What the database knows of a call.
    func read(_ call: Call) async throws -> (call: Call, timeline: [TimelineEntry]) {
        try await GetCall(context)(workspaceID: workspace.id, reference: call.id.uuidString)
    }

    /// Why a call ended, in words.
    func sentence(_ call: Call) async throws -> String { try await story(call).sentence }

    /// All that is told of a call.
    func story(_ call: Call) async throws -> CallStory {
        try await ReadTimeline(context)(workspaceID: workspace.id, reference: call.id.uuidString)
    }

    /// Waits for a status.
    @discardableResult
    func wait(for status: CallStatus, of call: Call) async throws -> Call {
        try await Waiting.until {
            let now = try await read(call).call
            return now.status == status ? now : nil
        }
    }

    /// Waits for the end, and returns the call as it was settled.
    func ended(_ call: Call) async throws -> Call {
        try await Waiting.until {
            let now = try await read(call).call
            return now.status.isTerminal ? now : nil
        }
    }

    /// Waits for an entry on the timeline.
    @discardableResult
    func entry(_ kind: String, of call: Call) async throws -> TimelineEntry {
        try await Waiting.until { try await read(call).timeline.first { $0.kind == kind } }
    }

    /// The recordings of the calls with somebody.
    func recordings(of number: String) async throws -> [Recording] {
        var found: [Recording] = []
        for call in try await ListCalls(context)(workspaceID: workspace.id, filter: CallFilter()).calls
        where call.remote == number {
            found += try await FindRecording(context).all(workspaceID: workspace.id, reference: call.id.uuidString)
        }
        return found
    }

    /// The kinds of all entries of the timeline.
    func kinds(_ call: Call) async throws -> [String] {
        try await read(call).timeline.map(\.kind)
    }

    func balance() async throws -> Int64 {
        try await GetWallet(context)(workspaceID: workspace.id).balance.minor
    }

    /// Stops the node as the process's end does, and waits for it.
    func stop() async {
        let task = running.withLock { $0 }
        task?.cancel()
        _ = await task?.result
    }

    /// Cuts the node off from everything, as `kill -9` does: nothing that it does reaches the database any more.
    func kill() async {
        await nodeDatabase.close()
        await agent.shutDown()
        media.shutDown()
    }
}
