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
        let (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { [context] in
                    for await _ in context.database.notifications(Channel.mails) { bell.yield() }
                }
                group.addTask { [pollInterval] in
                    while !Task.isCancelled {
                        bell.yield()
                        // A cancelled sleep ends the loop above.
                        _ = try? await Task.sleep(for: pollInterval)
                    }
                }
                for await _ in rings where !Task.isCancelled { await sendDue() }
                group.cancelAll()
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
