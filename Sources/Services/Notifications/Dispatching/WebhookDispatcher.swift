import Database
import Logging
package import Platform
import ServiceLifecycle

/// Sends webhooks as they become due, each at least once (facts section 12.6).
package struct WebhookDispatcher: Service {
    private let context: PlatformContext
    private let sender: WebhookSender
    private let settings: WebhookSettings
    private let executor: (any TaskExecutor)?

    /// Makes a dispatcher.
    ///
    /// - Parameter executor: where it works, best where the sender's connections are; anywhere when nil.
    package init(
        context: PlatformContext,
        sender: WebhookSender,
        settings: WebhookSettings,
        executor: (any TaskExecutor)? = nil
    ) {
        self.context = context
        self.sender = sender
        self.settings = settings
        self.executor = executor
    }

    /// Sends until graceful shutdown, which gives back what has not begun and waits a moment for what has.
    package func run() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: DispatchSignal.self)
        await withGracefulShutdownHandler {
            await withTaskExecutorPreference(executor) { await dispatch(signals, signal) }
        } onGracefulShutdown: {
            signal.yield(.shutdown)
        }
    }

    private func dispatch(
        _ signals: AsyncStream<DispatchSignal>,
        _ signal: AsyncStream<DispatchSignal>.Continuation
    ) async {
        let bell = DispatchBell(signal)
        await withDiscardingTaskGroup { group in
            var loop = DispatchLoop(context: context, sender: sender, settings: settings, signal: signal)
            let recorder = loop.recorder
            // Not a child: what was sent must be stored even when this task is cancelled.
            let recording = Task(executorPreference: executor) { await recorder.run() }
            group.addTask { [context] in
                for await _ in context.database.notifications(Channel.deliveries) { bell.ring() }
            }
            group.addTask { [settings] in
                while !Task.isCancelled {
                    // A cancelled sleep ends the loop above.
                    _ = try? await Task.sleep(for: settings.pollInterval)
                    signal.yield(.tick)
                }
            }
            signal.yield(.due)
            for await next in signals {
                if case .due = next { bell.reset() }
                guard await loop.handle(next, in: &group) else { break }
            }
            recorder.finish()
            await recording.value
            group.cancelAll()
        }
    }
}
