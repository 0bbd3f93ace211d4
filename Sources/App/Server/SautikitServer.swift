import Database
package import Logging
import NIOPosix
import ObjectStorage
package import Platform
import Sandbox
import ServiceLifecycle
import UnixSignals

/// The whole server in one value: opened, run, stopped; tests run it with all ports 0.
package struct SautikitServer: Sendable {
    /// Where it is reached, as soon as it is bound.
    package let addresses = ServerAddresses()
    /// What its use cases work on.
    package let context: PlatformContext

    private let configuration: ServerConfiguration
    private let tokens: SIPTokenKeys
    private let logger: Logger

    /// Opens the database and prepares everything that can be prepared without a port.
    ///
    /// - Throws: `SettingFault`, `StorageFault`, `DatabaseError`.
    package init(
        _ configuration: ServerConfiguration,
        settings: PlatformSettings = PlatformSettings(),
        logger: Logger
    ) async throws {
        self.configuration = configuration
        self.logger = logger
        FileLimit.raise(logger: logger)
        _ = ServerMetrics.registry
        var settings = settings
        settings.maxConcurrentCalls = configuration.maxConcurrentCalls
        settings.historyLifetime = configuration.historyRetention
        settings.inboundToSuspended = configuration.inboundToSuspended
        settings.inboundToEmptyWallet = configuration.inboundToEmptyWallet
        settings.sipDestinations = configuration.sipDestinations
        settings.maxUploads = Int64(configuration.uploadsMaxFiles)
        settings.maxUploadedBytes = Int64(configuration.uploadsMaxMegabytes) * 1_000_000
        settings.company = configuration.company
        settings.publicURL = configuration.publicURL
        settings.takesLiveTopups = configuration.daraja != nil || configuration.isSandbox
        let trunks = try configuration.trunksFile.map { path throws(SettingFault) in try TrunksFile(path: path) }
        context = try await PlatformOpening.open(configuration, settings: settings, logger: logger)
        do {
            tokens = try configuration.browsers.keys(configuration.tokenKeyFiles)
            try await trunks?.apply(to: context)
        } catch {
            await context.database.close()
            throw error
        }
    }

    /// The services of this node's roles.
    ///
    /// They stop in the opposite order: calls end while their carrier, the webhooks that tell of it and the API are there.
    private func services(_ vault: ObjectVault) -> [any Service] {
        var services: [any Service] = []
        let mailbox = SandboxMailbox(clock: context.clock, group: MultiThreadedEventLoopGroup.singleton)
        if configuration.roles.contains(.api) {
            services.append(
                HTTPNode(
                    configuration: configuration,
                    context: context,
                    tokens: tokens,
                    vault: vault,
                    addresses: addresses,
                    mailbox: mailbox
                )
            )
        }
        if configuration.isSandbox {
            services.append(
                SandboxNode(
                    configuration: configuration.sandbox,
                    context: context,
                    addresses: addresses,
                    mailbox: mailbox
                )
            )
        }
        if configuration.runsTestCarrier {
            services.append(TestCarrierNode(configuration: configuration, context: context, addresses: addresses))
        }
        if configuration.roles.contains(.worker) {
            services.append(
                WorkerNode(configuration: configuration, context: context, vault: vault, addresses: addresses)
            )
            services.append(PaymentNode(configuration: configuration, context: context, addresses: addresses))
        }
        if configuration.roles.contains(.voice) {
            services.append(
                VoiceNode(
                    configuration: configuration,
                    context: context,
                    tokens: tokens,
                    vault: vault,
                    addresses: addresses
                )
            )
        }
        if configuration.browsers.keepsKeysInFiles {
            services.append(SIPTokenKeyNode(files: configuration.tokenKeyFiles, tokens: tokens, logger: logger))
        }
        return services
    }

    /// Runs until a graceful shutdown or a cancellation; then ends calls and closes the database.
    ///
    /// - Parameter stopsAtSignals: whether SIGTERM and SIGINT stop it gracefully.
    /// - Throws: `BindFault` when an address is taken; what else keeps a service from running.
    package func run(stopsAtSignals: Bool = false) async throws {
        let result: Result<Void, any Error>
        do {
            let storage = try await OpenedStorage(configuration.storageLocation, clock: context.serverClock)
            let vault = ObjectVault(store: storage.store, keys: configuration.storageKeys)
            do {
                result = .success(try await run(services(vault), stopsAtSignals: stopsAtSignals))
            } catch {
                result = .failure(error)
            }
            await storage.shutDown()
        } catch {
            result = .failure(error)
        }
        await context.database.close()
        try result.get()
    }

    private func run(_ services: [any Service], stopsAtSignals: Bool) async throws {
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: stopsAtSignals ? [.sigterm, .sigint] : [],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: group).run()
    }
}
