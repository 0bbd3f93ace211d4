import Logging
import NIOPosix
import Platform
import Sandbox
import ServiceLifecycle

/// A pretended carrier for the calls of test keys, beside the real ones. Every voice node has its own on its loopback, at the
/// same port, so one trunk serves them all.
struct TestCarrierNode: Service {
    let configuration: ServerConfiguration
    let context: PlatformContext
    let addresses: ServerAddresses

    func run() async throws {
        var sandbox = configuration.sandbox
        sandbox.sipPort = configuration.testCarrierPort
        let carrier = try SandboxCarrier(
            configuration: sandbox,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: context.logger
        )
        let address = HostPort(host: "127.0.0.1", port: sandbox.sipPort)
        do {
            _ = try await carrier.start()
        } catch {
            await carrier.shutDown()
            throw BindFault(subject: "the test carrier", address: address, error)
        }
        let result: Result<Void, any Error>
        do {
            _ = try await AddTrunk(context)(
                name: "test-carrier",
                address: "\(address)",
                transport: .udp,
                prefix: "+",
                priority: 1000,
                purpose: .test,
                replacing: true
            )
            addresses.carrier.announce(address)
            // A graceful shutdown ends the wait; so does a cancellation.
            _ = try? await gracefulShutdown()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await carrier.shutDown()
        try result.get()
    }
}
