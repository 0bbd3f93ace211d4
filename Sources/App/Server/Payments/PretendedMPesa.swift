import AsyncHTTPClient
import Logging
import NIOCore
import Payments
import Platform
import Sandbox

/// The sandbox's M-Pesa beside the server, and how the server speaks with it.
actor PretendedMPesa {
    private let isTest: Bool
    private let context: PlatformContext
    private let sandbox: SandboxMPesa
    private let settings: SandboxMPesaSettings
    /// Its port on loopback, once it is open.
    private(set) var port = 0

    init(isTest: Bool, context: PlatformContext, group: any EventLoopGroup) {
        self.isTest = isTest
        self.context = context
        settings = SandboxMPesaSettings()
        sandbox = SandboxMPesa(settings, clock: context.clock, group: group, logger: context.logger)
    }

    func open(_ client: HTTPClient) async throws -> DarajaClient {
        port = try await sandbox.start()
        var daraja = DarajaSettings(
            baseURL: "http://127.0.0.1:\(port)",
            consumerKey: settings.consumerKey,
            consumerSecret: settings.consumerSecret,
            shortCode: settings.shortcode,
            passkey: settings.passkey
        )
        daraja.isTest = isTest
        return DarajaClient(daraja, client: client, clock: context.clock)
    }

    func close() async {
        await sandbox.shutDown()
    }
}
