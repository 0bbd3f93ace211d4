import Database
import Foundation
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct WebhookTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func anEventIsLeasedSignedRetriedAndGivenUp(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        var attempts = 0
        while true {
            let leased = try await LeaseDeliveries(world.context)(limit: 10)
            guard let delivery = leased.first else {
                guard let due = try await LeaseDeliveries(world.context).nextDue() else { break }
                world.clock.advance(by: due - world.clock.now())
                continue
            }
            attempts += 1
            #expect(delivery.attempt == attempts && delivery.kind == "call.started")
            #expect(try await LeaseDeliveries(world.context)(limit: 10).isEmpty)
            let header = WebhookSignature.header(
                body: delivery.body,
                secrets: ["whsec_0123456789abcdef"],
                at: world.clock.now()
            )
            #expect(
                header == WebhookSignature.header(body: delivery.body, secrets: delivery.secrets, at: world.clock.now())
            )
            #expect(
                WebhookSignature.isValid(
                    header,
                    body: delivery.body,
                    secret: delivery.secrets[0],
                    at: world.clock.now()
                )
            )
            #expect(
                !WebhookSignature.isValid(
                    header,
                    body: delivery.body + " ",
                    secret: delivery.secrets[0],
                    at: world.clock.now()
                )
            )
            try await RecordAttempts(world.context)([
                AttemptOutcome(
                    delivery: delivery,
                    startedAt: world.clock.now(),
                    duration: .milliseconds(5),
                    statusCode: 500
                )
            ])
        }
        #expect(attempts == 8)
        let log = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database)
        #expect(log.map(\.state) == [.deadLetter] && log.first?.lastStatusCode == 500)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aLeaseThatIsNotAnsweredComesBack(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        #expect(try await LeaseDeliveries(world.context)(limit: 10).count == 1)
        world.clock.advance(by: .seconds(31))
        #expect(try await LeaseDeliveries(world.context)(limit: 10).map(\.attempt) == [2])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatAnOldAttemptBringsDoesNotUndoANewerOne(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        let slow = try #require(try await LeaseDeliveries(world.context)(limit: 1).first)
        world.clock.advance(by: .seconds(31))
        let quick = try #require(try await LeaseDeliveries(world.context)(limit: 1).first)
        #expect(quick.attempt == 2)
        try await RecordAttempts(world.context)([world.outcome(of: slow, status: 500)])
        #expect(try await LeaseDeliveries(world.context).nextDue() == world.clock.now() + .seconds(30))
        try await RecordAttempts(world.context)([world.outcome(of: quick, status: 204)])
        try await RecordAttempts(world.context)([world.outcome(of: slow, status: 500)])
        let log = try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database)
        #expect(log.map(\.state) == [.delivered] && log.first?.lastStatusCode == 204)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSecretThatCannotBeReadHoldsUpOnlyItsOwnWebhooks(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let second = try await ClaimNumber(world.context)(
            workspaceID: world.workspace.id,
            wanted: .e164("+254200000002"),
            routing: NumberRouting(eventsURL: "https://acme.example/second")
        ).number
        let broken = try await PlaceCall(world.context)(world.request()).call
        _ = try await PlaceCall(world.context)(
            CallRequest(workspaceID: world.workspace.id, from: second.e164, to: World.callee)
        )
        let sealed = try await world.context.database.write { tx -> [UInt8] in
            let row = try tx.first("SELECT signing_secret FROM numbers WHERE id = $1", [broken.numberID])
            try tx.execute("UPDATE numbers SET signing_secret = $1 WHERE id = $2", [[UInt8](), broken.numberID])
            return try row?.get("signing_secret") ?? []
        }
        let leased = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(leased.map(\.url) == ["https://acme.example/second"])
        _ = try await world.context.database.write {
            try $0.execute("UPDATE numbers SET signing_secret = $1 WHERE id = $2", [sealed, broken.numberID])
        }
        world.clock.advance(by: .seconds(30))
        let later = try await LeaseDeliveries(world.context)(limit: 10)
        #expect(later.filter { $0.url == "https://acme.example/events" }.map(\.attempt) == [1])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSuspendedWorkspaceIsToldNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        _ = try await PlaceCall(world.context)(world.request())
        try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        #expect(try await LeaseDeliveries(world.context)(limit: 10).isEmpty)
        #expect(
            try await DeliveryLogEntry.all(of: world.workspace.id, in: world.context.database).map(\.state) == [
                .skippedSuspended
            ]
        )
    }

    @Test func theSignatureIsThatOfTheSeed() {
        // printf '%s' '{"a":1}.1719500000' | openssl dgst -sha256 -hmac secret
        let header = WebhookSignature.header(
            body: "{\"a\":1}",
            secrets: ["secret"],
            at: Timestamp(millisecondsSinceEpoch: 1_719_500_000_000)
        )
        #expect(header == "t=1719500000,v1=49b1a60fad1df07642b24c26f0257455e342cd5b4460922e30f3a8dde04d371c")
    }

    @Test func theEnvelopeIsThatOfTheFacts() throws {
        let clock = ManualWallClock()
        let ids = SeededIdentifierSource(seed: 1, clock: clock)
        let event = OutboxEvent(
            id: ids.next(),
            workspaceID: ids.next(),
            kind: "call.started",
            data: ["call_id": "x"],
            occurredAt: clock.now()
        )
        let body = try JSONValue(parsing: Data(event.body.utf8))
        #expect(body["kind"] == "call.started" && body["data"]?["call_id"] == "x")
        #expect(body["occurred_at"] == "2026-06-27T10:00:00.000Z")
        #expect(
            body["event_id"] == .string(event.id.uuidString)
                && body["workspace_id"] == .string(event.workspaceID.uuidString)
        )
    }

    @Test func waitsFollowTheScheduleWithFullJitter() {
        #expect(RetrySchedule.attempts == 8)
        #expect(RetrySchedule.wait(afterAttempt: 1, random: .max) == .seconds(30))
        #expect(RetrySchedule.wait(afterAttempt: 7, random: .max) == .seconds(86_400))
        #expect(RetrySchedule.wait(afterAttempt: 3, random: 0) == .zero)
        #expect(RetrySchedule.wait(afterAttempt: 8, random: 0) == nil)
    }
}
