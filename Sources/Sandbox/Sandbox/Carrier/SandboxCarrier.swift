package import Logging
import MediaEngine
package import NIOCore
import SIPStack

/// A whole carrier on loopback, reached over SIP and RTP like a real one: phones that answer, and phones that do not.
package final class SandboxCarrier: Sendable {
    private let agent: SIPUserAgent
    private let media: MediaEngine
    private let configuration: SandboxConfiguration

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
        return try await agent.start { [media, configuration] session in
            SandboxPhone(session: session, greeting: greeting, ringing: configuration.ringing).ring(media)
        }
    }

    /// Closes it; calls that are up are left without a word, as when a carrier dies.
    package func shutDown() async {
        await agent.shutDown()
        media.shutDown()
    }
}
