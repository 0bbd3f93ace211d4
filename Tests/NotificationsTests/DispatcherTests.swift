import Foundation
import Hummingbird
import Logging
import OutboundHTTP
import Platform
import Primitives
import ServiceLifecycle
import TestSupport
import Testing

@testable import Notifications

@Suite(.timeLimit(.minutes(2))) struct DispatcherTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aReceiverCanVerifyWhatItIsSent(_ engine: TestDatabase.Engine) async throws {
        let receiver = try await Receiver.start()
        let scenario = try await Scenario.make(engine, eventsURL: receiver.url("/events"))
        try await scenario.dispatching {
            try await scenario.placeCall(callback: receiver.url("/voice?line=1"))
            let log = try await scenario.log { $0.count == 2 && $0.allSatisfy { $0.state == .delivered } }
            #expect(log.allSatisfy { $0.lastStatusCode == 200 && $0.attempts == 1 })
        }
        let received = receiver.all
        #expect(received.count == 2)
        #expect(Set(received.compactMap { $0.headers["x-sautikit-idempotency-key"] }).count == 2)
        for request in received {
            let header = try #require(request.headers["x-sautikit-signature"])
            let now = scenario.clock.now()
            let isValid = { WebhookSignature.isValid(header, body: $0, secret: Scenario.secret, at: now) }
            #expect(isValid(request.body))
            #expect(!isValid(request.body + " "))
            #expect(request.headers["x-sautikit-event"] == "call.started")
            #expect(request.headers["x-sautikit-event-kind"] == "call.started")
            #expect(try request.headers["x-sautikit-event-id"] == request.field("event_id"))
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["user-agent"] == "Sautikit-Webhooks/1.0")
        }
    }

    @Test func firstAttemptsAreNotPolledFor() async throws {
        let receiver = try await Receiver.start()
        let scenario = try await Scenario.make { $0.pollInterval = .seconds(3600) }
        try await scenario.dispatching {
            for _ in 0..<20 {
                try await scenario.placeCall(callback: receiver.url())
                _ = try await Waiting.first(of: receiver.requests)
            }
        }
        #expect(receiver.all.count == 20)
    }

    @Test func failuresAreRetriedOnScheduleAndThenGivenUp() async throws {
        let receiver = try await Receiver.start { _, _ in Response(status: .serviceUnavailable) }
        let scenario = try await Scenario.make()
        try await scenario.dispatching {
            try await scenario.placeCall(callback: receiver.url())
            for attempt in 1...RetrySchedule.attempts {
                let log = try await scenario.log { log in
                    log.first?.attempts == attempt && log.first?.lastStatusCode == 503
                }
                guard attempt <= RetrySchedule.waits.count else {
                    #expect(log.first?.state == .deadLetter)
                    break
                }
                #expect(log.first?.state == .pending)
                let due = try #require(try await LeaseDeliveries(scenario.context).nextDue())
                let wait = due.millisecondsSinceEpoch - scenario.clock.now().millisecondsSinceEpoch
                #expect((0...RetrySchedule.waits[attempt - 1].wholeMilliseconds).contains(wait))
                #expect(receiver.all.count == attempt)
                scenario.clock.advance(by: .milliseconds(wait))
            }
        }
        #expect(receiver.all.count == RetrySchedule.attempts)
        #expect(Set(receiver.all.compactMap { $0.headers["x-sautikit-idempotency-key"] }).count == 1)
        #expect(Set(receiver.all.map(\.body)).count == 1)
        // Each attempt is signed afresh, or late retries would be refused as old.
        #expect(Set(receiver.all.compactMap { $0.headers["x-sautikit-signature"] }).count > 3)
    }

    @Test func aReceiverThatNeverAnswersTimesOut() async throws {
        let receiver = try await Receiver.start { _, _ in
            await Silence.forever()
            return Response(status: .ok)
        }
        let scenario = try await Scenario.make { $0.attemptTimeout = .milliseconds(200) }
        try await scenario.dispatching {
            try await scenario.placeCall(callback: receiver.url())
            let log = try await scenario.log { $0.first?.lastError != nil }
            #expect(log.first?.lastError?.hasPrefix("no answer within") == true)
            #expect(log.first?.state == .pending)
        }
    }

    @Test func aSlowReceiverDelaysNobodyElse() async throws {
        let slow = try await Receiver.start { _, _ in
            await Silence.forever()
            return Response(status: .ok)
        }
        let fast = try await Receiver.start()
        let scenario = try await Scenario.make { settings in
            settings.maxConcurrentPerHost = 2
            settings.attemptTimeout = .seconds(300)
            settings.maxWaiting = 16
            settings.batch = 8
        }
        try await scenario.dispatching {
            for _ in 0..<40 { try await scenario.placeCall(callback: slow.url()) }
            for _ in 0..<10 { try await scenario.placeCall(callback: fast.url()) }
            let log = try await scenario.log { log in log.count { $0.state == .delivered } == 10 }
            #expect(log.filter { $0.url == slow.url() }.allSatisfy { $0.state == .pending && $0.attempts <= 1 })
        }
        #expect(slow.all.count == 2)
    }

    @Test func whatWasSentButNotRecordedIsSentAgain() async throws {
        let receiver = try await Receiver.start()
        let scenario = try await Scenario.make()
        try await scenario.placeCall(callback: receiver.url())
        // A process that dies after the request and before its record: leased, sent, forgotten.
        let leased = try await LeaseDeliveries(scenario.context)(limit: 10)
        #expect(leased.count == 1)
        for delivery in leased {
            let outcome = await scenario.sender.attempt(delivery)
            #expect(outcome.isSuccess)
        }
        scenario.clock.advance(by: scenario.context.settings.deliveryLease)
        try await scenario.dispatching {
            let log = try await scenario.log { $0.first?.state == .delivered }
            #expect(log.first?.attempts == 2)
        }
        #expect(receiver.all.count == 2)
        #expect(Set(receiver.all.compactMap { $0.headers["x-sautikit-event-id"] }).count == 1)
    }

    @Test func whatIsPutBackIsNotAnAttempt() async throws {
        let scenario = try await Scenario.make()
        try await scenario.placeCall(callback: "http://127.0.0.1:9/hook")
        let lease = LeaseDeliveries(scenario.context)
        let first = try await lease(limit: 10)
        try await PostponeDeliveries(scenario.context)(first, by: .seconds(5))
        #expect(try await lease(limit: 10).isEmpty)
        scenario.clock.advance(by: .seconds(5))
        #expect(try await lease(limit: 10).map(\.attempt) == [1])
        await scenario.client.shutDown()
    }

    @Test func aBurstIsDeliveredOnceEach() async throws {
        let receiver = try await Receiver.start()
        let scenario = try await Scenario.make { $0.batch = 16 }
        try await scenario.dispatching {
            try await withThrowingTaskGroup { group in
                for _ in 0..<200 { group.addTask { try await scenario.placeCall(callback: receiver.url()) } }
                try await group.waitForAll()
            }
            _ = try await scenario.log { log in log.count { $0.state == .delivered } == 200 }
        }
        #expect(receiver.all.count == 200)
        #expect(Set(receiver.all.compactMap { $0.headers["x-sautikit-event-id"] }).count == 200)
    }

    @Test func whatWasSentIsRecordedWhenItStops() async throws {
        let receiver = try await Receiver.start()
        let scenario = try await Scenario.make()
        let dispatcher = WebhookDispatcher(
            context: scenario.context,
            sender: scenario.sender,
            settings: scenario.settings
        )
        let group = ServiceGroup(services: [dispatcher], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        for _ in 0..<20 { try await scenario.placeCall(callback: receiver.url()) }
        _ = try await Waiting.until { receiver.all.count == 20 ? true : nil }
        await group.triggerGracefulShutdown()
        try await Waiting.within { try await running.value }
        await scenario.client.shutDown()
        let log = try await DeliveryLogEntry.all(of: scenario.workspaceID, in: scenario.context.database)
        #expect(log.count { $0.state == .delivered } == 20)
    }
}
