import NIOCore
import NIOPosix
import Notifications
import Platform
import ServiceLifecycle
import WebSupport

/// The role `worker`: sends webhooks and clears up.
struct WorkerNode: Service {
    let configuration: ServerConfiguration
    let context: PlatformContext

    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        // Webhooks are sent from where their connections are.
        let executor = EventLoopTaskExecutor(group.next())
        let settings = WebhookSettings()
        let resolver = SystemHostResolver(group: group)
        let clients = PinnedClients(group: group, settings: settings)
        let sender = WebhookSender(
            policy: policy,
            resolver: resolver,
            clients: clients,
            clock: context.clock,
            settings: settings
        )
        let dispatcher = WebhookDispatcher(context: context, sender: sender, settings: settings, executor: executor)
        let result: Result<Void, any Error>
        do {
            async let upkeep: Void = Upkeep(context: context).run()
            try await dispatcher.run()
            result = .success(await upkeep)
        } catch {
            result = .failure(error)
        }
        await clients.shutDown()
        await resolver.shutDown()
        try result.get()
    }

    private var policy: DestinationPolicy {
        let sandbox = configuration.isSandbox ? DestinationPolicy.loopback : []
        return DestinationPolicy(allowedNetworks: configuration.webhookNetworks + sandbox)
    }
}
