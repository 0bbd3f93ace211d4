import Logging
import Metrics
import Platform
import Primitives

/// What the dispatcher does at each signal.
struct DispatchLoop {
    private let context: PlatformContext
    private let sender: WebhookSender
    private let settings: WebhookSettings
    private let signal: AsyncStream<DispatchSignal>.Continuation
    private let lease: LeaseDeliveries
    private var queue: DeliveryQueue
    private var isStopping = false
    /// More may be due than there was room for, or the last lease failed.
    private var mustLease = false
    let recorder: AttemptRecorder

    init(
        context: PlatformContext,
        sender: WebhookSender,
        settings: WebhookSettings,
        signal: AsyncStream<DispatchSignal>.Continuation
    ) {
        self.context = context
        self.sender = sender
        self.settings = settings
        self.signal = signal
        lease = LeaseDeliveries(context)
        queue = DeliveryQueue(settings: settings)
        recorder = AttemptRecorder(
            record: RecordAttempts(context),
            settings: settings,
            logger: context.logger
        )
    }

    /// Handles a signal; false when all is done.
    mutating func handle(_ next: DispatchSignal, in group: inout DiscardingTaskGroup) async -> Bool {
        switch next {
        case .due: await takeDue()
        case .tick: await tick()
        case .finished(let outcome, let receiver): finish(outcome, receiver)
        case .shutdown: await stop(in: &group)
        case .graceOver: return false
        }
        if mustLease, queue.waitingCount < settings.maxWaiting / 2, case .finished = next { await takeDue() }
        start(in: &group)
        return !(isStopping && queue.runningCount == 0)
    }

    private mutating func tick() async {
        if isStopping { return }
        await giveBack(queue.takeSurplus(at: .now), after: settings.postponement)
        do {
            let nextDue = try await lease.nextDue()
            if mustLease || nextDue.map({ $0 <= context.clock.now() }) ?? false { await takeDue() }
        } catch {
            context.logger.warning("due webhooks could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    private mutating func takeDue() async {
        if isStopping { return }
        let limit = min(settings.batch, queue.room)
        mustLease = true
        if limit == 0 { return }
        do {
            let deliveries = try await lease(limit: limit)
            let now = ContinuousClock.now
            for delivery in deliveries { queue.add(delivery, receiver: Self.receiver(of: delivery.url), at: now) }
            mustLease = false
            if deliveries.count == limit { signal.yield(.due) }
        } catch {
            context.logger.warning("due webhooks could not be taken", metadata: ["error": "\(error)"])
        }
    }

    private mutating func start(in group: inout DiscardingTaskGroup) {
        // A cancelled task begins nothing: the slots that its cut-off attempts free are for nobody.
        if isStopping || Task.isCancelled { return }
        while let (delivery, receiver) = queue.next() {
            group.addTask { [sender, signal] in
                let outcome = await sender.attempt(delivery)
                // One that a shutdown cut off says nothing about the receiver; its lease ends and it is sent again.
                signal.yield(.finished(Task.isCancelled ? nil : outcome, receiver: receiver))
            }
        }
    }

    private mutating func finish(_ outcome: AttemptOutcome?, _ receiver: String) {
        queue.finish(receiver)
        guard let outcome else { return }
        recorder.add(outcome)
        let result = outcome.isSuccess ? "delivered" : outcome.statusCode == nil ? "no_answer" : "refused"
        Counter(label: "sautikit_webhook_attempts_total", dimensions: [("outcome", result)]).increment()
    }

    private mutating func stop(in group: inout DiscardingTaskGroup) async {
        isStopping = true
        await giveBack(queue.takeAll(), after: .zero)
        group.addTask { [settings, signal] in
            // A cancelled sleep means that all is over already.
            _ = try? await Task.sleep(for: settings.shutdownGrace)
            signal.yield(.graceOver)
        }
    }

    private func giveBack(_ deliveries: [Delivery], after wait: Duration) async {
        if deliveries.isEmpty { return }
        do {
            try await PostponeDeliveries(context)(deliveries, by: wait)
        } catch {
            // Their leases end by themselves.
            context.logger.warning("webhooks could not be put back", metadata: ["error": "\(error)"])
        }
    }

    /// Host and port as they are written: equal enough to stand in line by.
    private static func receiver(of url: String) -> String {
        let afterScheme = url.utf8.firstIndex(of: UInt8(ascii: ":")).map { url.utf8.index(after: $0) } ?? url.startIndex
        let rest = url[afterScheme...].drop { $0 == "/" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return (authority.split(separator: "@").last ?? authority).lowercased()
    }
}
