import Database
import Logging
package import Platform
import Primitives
import ServiceLifecycle

/// Sends mails as they become due.
package struct MailDispatcher: Service {
    private let context: PlatformContext
    private let send: SendMails
    private let pollInterval: Duration

    /// Makes a dispatcher.
    ///
    /// - Parameter pollInterval: how often it looks for mails whose time has come again. Default 2 s.
    package init(_ context: PlatformContext, mailer: any Mailer, pollInterval: Duration = .seconds(2)) {
        self.context = context
        self.pollInterval = pollInterval
        send = SendMails(context, mailer: mailer)
    }

    /// Sends until graceful shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown {
            for await _ in context.wakeUps(on: Channel.mails, every: pollInterval) where !Task.isCancelled {
                await sendDue()
            }
        }
    }

    private func sendDue() async {
        do {
            guard let due = try await send.nextDue(), due <= context.clock.now() else { return }
            _ = try await send()
        } catch {
            context.logger.warning("mails wait", metadata: ["error": "\(error)"])
        }
    }
}
