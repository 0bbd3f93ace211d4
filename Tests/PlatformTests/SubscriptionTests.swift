import Database
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

/// Subscriptions: who is told of what, signed by which secret, and what happens when nobody listens.
@Suite struct SubscriptionTests {
    private static let url = "https://crm.example/hooks"

    private func subscribe(
        _ world: World,
        _ events: [String],
        url: String = url
    ) async throws -> CreateSubscription.Created {
        try await CreateSubscription(world.context)(workspaceID: world.workspace.id, url: url, events: events)
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSubscriptionGetsWhatItAskedFor(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let calls = try await subscribe(world, ["call.*"])
        let numbers = try await subscribe(world, ["number.released", "number.provisioned"], url: "https://b.example/")
        // The number's own URL is told once, with the number's secret.
        _ = try await subscribe(world, ["*"], url: "https://acme.example/events")
        // What came before is over.
        _ = try await LeaseDeliveries(world.context)(limit: 10)
        _ = try await PlaceCall(world.context)(world.request())
        let told = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(Set(told.map(\.url)) == [Self.url, "https://acme.example/events"] && told.count == 2)
        let delivery = try #require(told.first { $0.url == Self.url })
        #expect(delivery.target == .subscription(calls.subscription.id) && delivery.secrets == [calls.secret])
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        let later = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(Set(later.map(\.url)) == ["https://b.example/", "https://acme.example/events"])
        #expect(later.allSatisfy { $0.kind == "number.released" })
        #expect(later.first { $0.url == "https://b.example/" }?.secrets == [numbers.secret])
    }

    @Test func patternsMatchWhatTheySay() throws {
        let matches: [(String, String, Bool)] = [
            ("*", "call.started", true), ("call.*", "call.recording.ready", true), ("call.*", "number.released", false),
            ("call.started", "call.started", true), ("call.started", "call.answered", false),
        ]
        for (pattern, kind, isMatch) in matches {
            #expect(try #require(EventPattern(pattern)).matches(kind) == isMatch, "\(pattern) \(kind)")
        }
        for text in [
            "", "call", "call.", ".*", "**", "topup.completed", "number.assigned", "workspace.suspended",
            "webhook.test",
        ] {
            #expect(EventPattern(text) == nil, "\(text)")
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anOldSecretSignsOnForAWhile(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let old = try await subscribe(world, ["call.*"])
        let manage = ManageSubscriptions(world.context)
        let new = try await manage.rotateSecret(
            old.subscription.id,
            workspaceID: world.workspace.id,
            overlap: .seconds(60)
        )
        #expect(new.secret != old.secret)
        let send = SendTestEvent(world.context)
        _ = try await send(old.subscription.id, workspaceID: world.workspace.id)
        let both = try #require(try await lease(world))
        #expect(both.kind == "webhook.test" && both.secrets == [new.secret, old.secret])
        let header = WebhookSignature.header(body: both.body, secrets: both.secrets, at: world.clock.now())
        for secret in [new.secret, old.secret] {
            #expect(WebhookSignature.isValid(header, body: both.body, secret: secret, at: world.clock.now()))
        }
        world.clock.advance(by: .seconds(60))
        _ = try await send(old.subscription.id, workspaceID: world.workspace.id)
        #expect(try await lease(world)?.secrets == [new.secret])
    }

    /// The newest delivery to the subscription's URL.
    private func lease(_ world: World) async throws -> Delivery? {
        try await LeaseDeliveries(world.context)(limit: 100).last { $0.url == Self.url }
    }

    @Test func theStandardSignatureIsThatOfTheSpecification() {
        // The specification's own example of a symmetric signature.
        let header = WebhookSignature.standardHeader(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: #"{"test": 2432232314}"#,
            secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            at: Timestamp(millisecondsSinceEpoch: 1_614_265_330_000)
        )
        #expect(header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSubscriptionThatTakesNothingForDaysIsDisabledAndItsOwnerTold(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let made = try await subscribe(world, ["*"])
        let (id, workspaceID) = (made.subscription.id, world.workspace.id)
        let manage = ManageSubscriptions(world.context)
        func fail(status: Int = 500) async throws {
            _ = try await SendTestEvent(world.context)(id, workspaceID: workspaceID)
            let delivery = try #require(try await lease(world))
            try await RecordAttempts(world.context)([world.outcome(of: delivery, status: status)])
        }
        try await fail()
        #expect(try await manage.one(id, workspaceID: workspaceID).failingSince == world.clock.now())
        world.clock.advance(by: .seconds(4 * 86_400))
        try await fail(status: 200)
        #expect(try await manage.one(id, workspaceID: workspaceID).failingSince == nil, "one success is enough")
        try await fail()
        world.clock.advance(by: .seconds(5 * 86_400))
        try await fail()
        #expect(try await manage.one(id, workspaceID: workspaceID).disabledAt == world.clock.now())
        #expect(await code { try await fail() } == .webhookDisabled)
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        let mails = outbox.mails.withLock { $0 }
        #expect(mails.map(\.recipient) == ["dev@example.com"] && mails[0].text.contains(Self.url))
        var change = ManageSubscriptions.Change()
        change.isEnabled = true
        #expect(try await manage.change(id, workspaceID: workspaceID, change).failingSince == nil)
        try await fail()
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatWaitsForADeletedSubscriptionIsNotSent(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let made = try await subscribe(world, ["*"])
        _ = try await SendTestEvent(world.context)(made.subscription.id, workspaceID: world.workspace.id)
        let manage = ManageSubscriptions(world.context)
        try await manage.delete(made.subscription.id, workspaceID: world.workspace.id)
        #expect(try await lease(world) == nil)
        let states = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database).map(\.state)
        #expect(states.contains(.skippedDisabled))
        #expect(
            await code { try await manage.delete(made.subscription.id, workspaceID: world.workspace.id) }
                == .webhookNotFound
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eventsAreReplayedAloneOrByTime(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let made = try await subscribe(world, ["call.*"])
        let (id, workspaceID) = (made.subscription.id, world.workspace.id)
        let from = world.clock.now()
        for _ in 0..<3 { _ = try await PlaceCall(world.context)(world.request()) }
        world.clock.advance(by: .seconds(60))
        let first = try await LeaseDeliveries(world.context)(limit: 100).filter { $0.url == Self.url }
        try await RecordAttempts(world.context)(first.map { world.outcome(of: $0, status: 200) })
        let replay = ReplayDeliveries(world.context)
        let newID = try await replay.one(first[0].id, workspaceID: workspaceID).deliveryID
        let again = try #require(try await lease(world))
        #expect(again.id == newID && again.eventID == first[0].eventID && again.body == first[0].body)
        let all = try await replay.window(
            subscriptionID: id,
            workspaceID: workspaceID,
            from: from,
            to: world.clock.now()
        )
        #expect(all.count == 3 && all.next == nil)
        #expect(again.eventID.moment == from, "an event's id tells its time")
        let none = try await replay.window(
            subscriptionID: id,
            workspaceID: workspaceID,
            from: world.clock.now(),
            to: world.clock.now() + .seconds(1)
        )
        #expect(none.count == 0)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        #expect(await code { _ = try await replay.one(newID, workspaceID: other.id) } == .deliveryNotFound)
        #expect(
            await code {
                _ = try await replay.window(
                    subscriptionID: id,
                    workspaceID: other.id,
                    from: from,
                    to: world.clock.now()
                )
            } == .webhookNotFound
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eventsAreReadInTheirOrderWithoutASubscription(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let list = ListEvents(world.context)
        for _ in 0..<5 { _ = try await PlaceCall(world.context)(world.request()) }
        #expect(try await list(workspaceID: world.workspace.id, after: nil, limit: 100).isEmpty, "they settle first")
        world.clock.advance(by: .seconds(3))
        var seen: [StoredEvent] = []
        while true {
            let page = try await list(workspaceID: world.workspace.id, after: seen.last?.id, limit: 2)
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen.map(\.kind) == ["number.provisioned"] + Array(repeating: "call.started", count: 5))
        #expect(seen.map(\.id) == seen.map(\.id).sorted())
        let calls = try await list(workspaceID: world.workspace.id, after: nil, kinds: ["call.started"], limit: 3)
        #expect(calls.count == 3)
    }
}
