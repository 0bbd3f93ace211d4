import Database
import Logging
package import Platform
import Primitives
import ServiceLifecycle

/// Asks phones to pay, and asks after them, as they become due.
package struct PaymentDispatcher: Service {
    private let context: PlatformContext
    private let advance: AdvanceTopups
    private let pollInterval: Duration
    private let pull: PullPayments
    private let pullInterval: Duration

    /// Makes a dispatcher.
    ///
    /// - Parameters:
    ///   - pollInterval: how often it looks for what has become due. Default 1 s.
    ///   - pullInterval: how often it asks for the list of payments. Default 10 min.
    package init(
        _ context: PlatformContext,
        gateways: PaymentGateways,
        pollInterval: Duration = .seconds(1),
        pullInterval: Duration = .seconds(600)
    ) {
        self.context = context
        self.pollInterval = pollInterval
        self.pullInterval = pullInterval
        pull = PullPayments(context, gateways: gateways)
        advance = AdvanceTopups(context, gateways: gateways)
    }

    /// Works until graceful shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await pullFromTimeToTime() }
                for await _ in context.wakeUps(on: Channel.payments, every: pollInterval) where !Task.isCancelled {
                    await advanceDue()
                }
                group.cancelAll()
            }
        }
    }

    private func pullFromTimeToTime() async {
        while !Task.isCancelled {
            // A cancelled sleep ends the loop above.
            _ = try? await Task.sleep(for: pullInterval)
            if Task.isCancelled { return }
            do {
                try await pull()
            } catch {
                context.logger.warning("the list of payments was not compared", metadata: ["error": "\(error)"])
            }
        }
    }

    private func advanceDue() async {
        do {
            guard let due = try await advance.nextDue(), due <= context.clock.now() else { return }
            _ = try await advance()
        } catch {
            context.logger.warning("top-ups wait", metadata: ["error": "\(error)"])
        }
    }
}
