import Logging
import NIOCore
import NIOPosix
import Platform
import Sandbox
import ServiceLifecycle

/// The fake country beside the server: a carrier on loopback, a trunk to it, numbers, a first workspace, and
/// everybody's mailbox.
struct SandboxNode: Service {
    let configuration: SandboxConfiguration
    let context: PlatformContext
    let addresses: ServerAddresses
    let mailbox: SandboxMailbox

    func run() async throws {
        let carrier = try SandboxCarrier(
            configuration: configuration,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: context.logger
        )
        let result: Result<Void, any Error>
        do {
            let mailPort = try await mailbox.start()
            addresses.mailbox.announce(HostPort(host: "127.0.0.1", port: mailPort))
            let port = try await carrier.start()
            let account = try await SandboxSetup(context, folder: configuration.folder)(carrierPort: port)
            addresses.carrier.announce(HostPort(host: "127.0.0.1", port: port))
            addresses.telephones.announce(carrier)
            addresses.sandbox.announce(FirstWorkspace(id: account.workspaceID, apiKey: account.apiKey))
            // A graceful shutdown ends the wait; so does a cancellation.
            _ = try? await gracefulShutdown()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await carrier.shutDown()
        await mailbox.shutDown()
        try result.get()
    }
}
