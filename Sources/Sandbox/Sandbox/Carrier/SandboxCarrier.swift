package import Logging
import MediaEngine
package import NIOCore
import SIPStack
import Synchronization

/// A whole carrier on loopback, reached over SIP and RTP like a real one: phones that answer, and phones that do not.
package final class SandboxCarrier: Sendable {
    private let agent: SIPUserAgent
    private let media: MediaEngine
    private let configuration: SandboxConfiguration
    private let greeting = Mutex<AudioSource?>(nil)

    /// Makes a carrier; `start` opens it.
    ///
    /// - Throws: `MediaError` when its threads cannot start.
    package init(configuration: SandboxConfiguration, group: any EventLoopGroup, logger: Logger) throws {
        self.configuration = configuration
        var sip = SIPConfiguration()
        sip.port = configuration.sipPort
        sip.userAgent = "Sautikit sandbox carrier"
        agent = SIPUserAgent(configuration: sip, group: group, logger: logger)
        var rtp = MediaConfiguration()
        rtp.ports = configuration.rtpPorts
        media = try MediaEngine(configuration: rtp, logger: logger)
    }

    /// Opens the carrier and returns its SIP port.
    ///
    /// - Throws: `SandboxError.speech`, or NIO's error when the port is taken.
    package func start() async throws -> Int {
        let greeting = try await SandboxVoice.greeting(folder: configuration.folder)
        self.greeting.withLock { $0 = greeting }
        return try await agent.start { [media, configuration] session in
            SandboxPhone(session: session, greeting: greeting, ringing: configuration.ringing).ring(media)
        }
    }

    /// Lets a phone call; it goes on by itself.
    ///
    /// - Parameters:
    ///   - host: where the called number's server listens, a numeric address.
    ///   - port: its SIP port.
    /// - Throws: `SandboxError.notStarted`; `MediaError` when no port is free.
    package func call(_ wish: SandboxCall, at host: String, port: Int) throws {
        guard let greeting = greeting.withLock(\.self) else { throw SandboxError.notStarted }
        try SandboxCaller(agent: agent, media: media, greeting: greeting).call(wish, at: host, port: port)
    }

    /// Closes it; calls that are up are left without a word, as when a carrier dies.
    package func shutDown() async {
        await agent.shutDown()
        media.shutDown()
    }
}
