import Logging
import MediaEngine
import NIOCore
import NIOPosix
import NameService
import ObjectStorage
import OutboundHTTP
import Platform
import SIPStack
import ServiceLifecycle
import Sound
import Voice
import WebRTCGateway
import WebSupport

/// The role `voice`: SIP, media and the calls on them.
struct VoiceNode: Service {
    let configuration: ServerConfiguration
    let context: PlatformContext
    let tokens: SIPTokenKeys
    let vault: ObjectVault
    let addresses: ServerAddresses

    func run() async throws {
        let publicURL = try await publicURL()
        // Calls are run where their messages arrive.
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let executor = EventLoopTaskExecutor(loop)
        let servers = configuration.edge.nameServers
        let locator = SIPLocator(servers.isEmpty ? .system : DNSResolver(servers: servers))
        let agent = SIPUserAgent(configuration: sip, group: loop, locator: locator, logger: context.logger)
        let media = try MediaEngine(configuration: media, logger: context.logger)
        defer { media.shutDown() }
        let door = try openDoor()
        defer { door?.shutDown() }
        let port: Int
        do {
            port = try await agent.start()
        } catch {
            throw BindFault(subject: "SIP", address: configuration.sip, error)
        }
        addresses.sip.announce(HostPort(host: configuration.sip.host, port: port))
        await announceSockets(of: agent)
        let resolver = SystemHostResolver(group: loop)
        let client = GuardedClient(
            policy: configuration.destinations,
            resolver: resolver,
            group: loop,
            settings: configuration.outbound
        )
        let result: Result<Void, any Error>
        do {
            let service = VoiceService(
                context: context,
                configuration: voice(sipPort: port),
                sounds: SoundLibrary(
                    context,
                    settings: configuration.sound(publicURL: publicURL),
                    client: client,
                    vault: vault
                ),
                keeper: try keeper(publicURL),
                agent: agent,
                media: media,
                client: client,
                sockets: try GuardedSocketClient(
                    policy: configuration.destinations,
                    resolver: resolver,
                    group: loop,
                    settings: configuration.sockets
                ),
                tokens: tokens,
                locator: locator,
                door: door,
                executor: executor
            )
            result = .success(try await service.run())
        } catch {
            result = .failure(error)
        }
        await agent.shutDown()
        await client.shutDown()
        await resolver.shutDown()
        try result.get()
    }

    private func openDoor() throws -> BrowserDoor? {
        guard let port = configuration.browsers.tcpPort else { return nil }
        do {
            return try BrowserDoor(host: configuration.sip.host, port: port)
        } catch {
            throw BindFault(subject: "ICE over TCP", address: HostPort(host: configuration.sip.host, port: port), error)
        }
    }

    private func keeper(_ publicURL: String) throws -> RecordingKeeper {
        let spool = try SpoolFolder(path: configuration.spoolFolder, ids: context.ids)
        return RecordingKeeper(context, vault: vault, spool: spool, publicURL: publicURL)
    }

    private func announceSockets(of agent: SIPUserAgent) async {
        let (ports, sockets) = (await agent.webSocketPorts(), configuration.browsers.sockets)
        if let port = ports.plain, let host = sockets.plain?.host {
            addresses.webSocket.announce(HostPort(host: host, port: port))
        }
        if let port = ports.secure, let host = sockets.secure?.host {
            addresses.secureWebSocket.announce(HostPort(host: host, port: port))
        }
    }

    /// Recordings' links need it; without a setting it is where this process's own API listens.
    private func publicURL() async throws -> String {
        if let url = configuration.publicURL { return url }
        guard configuration.roles.contains(.api) else { return "http://\(configuration.http)" }
        return "http://\(try await addresses.http.value())"
    }

    private var sip: SIPConfiguration {
        var sip = SIPConfiguration()
        sip.host = configuration.sip.host
        sip.port = configuration.sip.port
        sip.advertisedHost = configuration.sipAdvertisedHost
        sip.sourceLimits = configuration.edge.sources
        sip.trunkLimits = configuration.edge.trunks
        sip.tls = configuration.edge.tls
        sip.webSockets = configuration.browsers.sockets
        return sip
    }

    private var media: MediaConfiguration {
        var media = MediaConfiguration()
        media.host = configuration.sip.host
        media.ports = configuration.rtpPorts
        media.silenceTimeout = configuration.mediaSilenceTimeout
        media.threadCount = configuration.mediaThreads
        return media
    }

    private func voice(sipPort: Int) -> VoiceConfiguration {
        var voice = VoiceConfiguration()
        voice.place = configuration.edge.place ?? HostPort(host: configuration.sip.host, port: sipPort).place
        voice.callbackTimeout = configuration.callbackTimeout
        voice.conferenceLimit = configuration.conferenceParticipants
        voice.streams = configuration.streams.stream
        voice.digestSchemes = configuration.edge.digestSchemes
        voice.connectionsPerToken = configuration.browsers.connectionsPerToken
        voice.keepAlive = configuration.edge.keepAlive
        voice.proxies = configuration.edge.proxies
        voice.mediaHost = configuration.mediaAddress ?? configuration.sipAdvertisedHost ?? configuration.sip.host
        return voice
    }
}
