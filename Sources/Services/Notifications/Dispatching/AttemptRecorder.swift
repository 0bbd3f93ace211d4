import Logging
import Platform
import Synchronization

/// Stores outcomes in batches, beside the sending, so that no request waits for a disk.
final class AttemptRecorder: Sendable {
    private struct State {
        var outcomes: [AttemptOutcome] = []
        var isLast = false
    }

    private let record: RecordAttempts
    private let batch: Int
    private let pause: Duration
    private let logger: Logger
    private let state = Mutex(State())
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init(record: RecordAttempts, settings: WebhookSettings, logger: Logger) {
        self.record = record
        batch = settings.batch
        pause = settings.recordPause
        self.logger = logger
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ outcome: AttemptOutcome) {
        state.withLock { $0.outcomes.append(outcome) }
        wake.yield()
    }

    /// After this, `run` ends when everything is stored.
    func finish() {
        state.withLock { $0.isLast = true }
        wake.finish()
    }

    func run() async {
        for await _ in wakes {
            // More come in a moment, and are stored with this one. A cancelled sleep is a short one.
            if !state.withLock(\.isLast) { _ = try? await Task.sleep(for: pause) }
            await storeAll()
        }
        await storeAll()
    }

    /// Outcomes whose storing fails are kept and tried again; lost ones would only mean a second delivery.
    private func storeAll() async {
        while true {
            let part = state.withLock { Array($0.outcomes.prefix(batch)) }
            if part.isEmpty { return }
            do {
                try await record(part)
                state.withLock { $0.outcomes.removeFirst(part.count) }
            } catch {
                logger.warning("webhook attempts could not be stored", metadata: ["error": "\(error)"])
                if state.withLock({ $0.isLast }) || Task.isCancelled { return }
                // A cancelled sleep is noticed above.
                _ = try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
