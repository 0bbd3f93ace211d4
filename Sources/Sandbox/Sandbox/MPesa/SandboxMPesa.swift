import Hummingbird
package import Logging
package import NIOCore
package import Primitives
import ServiceLifecycle
import Synchronization

/// A whole M-Pesa on loopback: Safaricom's Daraja API over HTTP, the phones of its customers, and faults on request.
/// State is in memory and bounded. What it does is in `docs/sandbox.md`; where Daraja's behaviour is known from, in the
/// fact sheet that its settings name.
package final class SandboxMPesa: Sendable {
    private let settings: SandboxMPesaSettings
    private let group: any EventLoopGroup
    private let logger: Logger
    private let vault: MPesaVault
    private let running = Mutex<(services: ServiceGroup, task: Task<Void, any Error>, outbox: MPesaOutbox)?>(nil)

    /// Makes an M-Pesa that is not open yet.
    ///
    /// - Parameters:
    ///   - clock: shows the time that ids, receipts, tokens and windows go by; delays run in real time.
    ///   - group: what its server and its callbacks run on.
    package init(_ settings: SandboxMPesaSettings, clock: any WallClock, group: any EventLoopGroup, logger: Logger) {
        self.settings = settings
        self.group = group
        self.logger = logger
        vault = MPesaVault(MPesaBank(settings), clock: clock)
    }

    /// Listens on 127.0.0.1 and returns the port; `shutDown` must follow before it is let go.
    ///
    /// - Throws: NIO's error when the port is taken; `CancellationError` when it was shut down meanwhile.
    package func start() async throws -> Int {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let outbox = MPesaOutbox(settings, group: group) { [vault] delivery in
            vault.open { bank, _ in bank.record(delivery) }
        }
        let application = Application(
            responder: MPesaResponder(
                daraja: DarajaDesk(
                    settings: settings,
                    vault: vault,
                    outbox: outbox,
                    credential: MPesaCredential(settings: settings, logger: logger)
                ),
                control: ControlDesk(settings: settings, vault: vault, outbox: outbox)
            ),
            configuration: .init(address: .hostname("127.0.0.1", port: settings.port)),
            onServerRunning: { bound.yield($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        let task = Task {
            defer { bound.finish() }
            try await services.run()
        }
        for await port in ports {
            running.withLock { $0 = (services, task, outbox) }
            return port
        }
        // Who asked for it has gone before it was bound, or it cannot be; the server does not know of the first.
        task.cancel()
        await outbox.shutDown()
        try await task.value
        throw CancellationError()
    }

    /// Closes it. Payments on their way are forgotten, and nothing more is sent.
    package func shutDown() async {
        let ended = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let ended else { return }
        await ended.outbox.shutDown()
        await ended.services.triggerGracefulShutdown()
        // Why it stopped no longer matters.
        _ = try? await ended.task.value
    }
}
