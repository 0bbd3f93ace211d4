import Logging
import NIOCore
import NIOPosix
import Notifications
import OutboundHTTP
import Platform
import ServiceLifecycle
import WebSupport

/// The role `worker`: sends webhooks and mails, and clears up.
struct WorkerNode: Service {
    let configuration: ServerConfiguration
    let context: PlatformContext
    let vault: ObjectVault
    let addresses: ServerAddresses

    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        // Webhooks are sent from where their connections are.
        let executor = EventLoopTaskExecutor(group.next())
        let settings = WebhookSettings()
        let resolver = SystemHostResolver(group: group)
        let client = GuardedClient(
            policy: configuration.destinations,
            resolver: resolver,
            group: group,
            settings: configuration.outbound
        )
        let sender = WebhookSender(client: client, clock: context.clock, settings: settings)
        let dispatcher = WebhookDispatcher(context: context, sender: sender, settings: settings, executor: executor)
        let result: Result<Void, any Error>
        do {
            async let upkeep: Void = Upkeep(context: context, vault: vault).run()
            async let clocks: Void = TestClockLoop(context: context, vault: vault).run()
            async let mails: Void = sendMails()
            try await dispatcher.run()
            _ = try await (upkeep, clocks, mails)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await client.shutDown()
        await resolver.shutDown()
        try result.get()
    }

    /// Through the operator's mail server, or in the sandbox to its mailbox.
    private func sendMails() async throws {
        var settings = configuration.smtp
        if settings == nil, configuration.isSandbox {
            let mailbox = try await addresses.mailbox.value()
            settings = SMTPSettings(host: mailbox.host, port: mailbox.port, encryption: .never)
        }
        guard let settings else {
            context.logger.warning("no mail is sent: \(Setting.smtpURL.environmentName) names no mail server")
            return
        }
        try await MailDispatcher(context, mailer: SMTPMailer(settings)).run()
    }
}
