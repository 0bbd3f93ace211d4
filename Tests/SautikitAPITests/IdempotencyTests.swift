import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// `Idempotency-Key` on every POST that creates or spends (facts section 3).
@Suite struct IdempotencyTests {
    /// What each answers with, and whether it is asked by a person.
    private static let posts: [(path: String, body: String, isPerson: Bool)] = [
        ("/v1/api-keys", #"{"name": "a"}"#, false), ("/v1/api-keys/{key}/rotate", "{}", false),
        ("/v1/webhooks", #"{"url": "https://x.example/"}"#, false), ("/v1/webhooks/{webhook}/test", "{}", false),
        ("/v1/webhooks/{webhook}/rotate-secret", "{}", false),
        (
            "/v1/webhooks/{webhook}/replay", #"{"from": "2026-06-27T09:00:00Z", "to": "2026-06-27T11:00:00Z"}"#, false
        ), ("/v1/webhooks/deliveries/{delivery}/replay", "{}", false),
        ("/v1/invitations", #"{"email": "a@example.com"}"#, false),
        ("/v1/invitations/{invitation}/resend", "{}", false),
        ("/v1/numbers", #"{"number": "+254200000002"}"#, false),
        ("/v1/numbers", #"{"numbers": ["+254200000003", "+254200000004"]}"#, false),
        ("/v1/numbers/{number}/sip-credentials", #"{"label": "desk"}"#, false),
        ("/v1/numbers/{number}/sip-credentials/{credential}/rotate", "{}", false),
        ("/v1/calls", #"{"from": "+254200000001", "to": "+254712345678"}"#, false),
        (
            "/v1/port-requests", #"{"numbers": ["+254201112233"], "carrier": "Other", "account_holder": "Acme"}"#, false
        ), ("/v1/port-requests/{port}/documents?kind=bill", "%PDF-1.4", false),
        ("/v1/workspaces", #"{"name": "Second", "country": "KE", "currency": "KES"}"#, true),
    ]

    private func names(_ world: APIWorld) async throws -> [String: String] {
        try await world.claimNumber()
        _ = try await AddNumbers(world.context)(["+254200000003", "+254200000004"])
        let (context, id) = (world.context, world.workspaceID)
        let webhook = try await CreateSubscription(context)(
            workspaceID: id,
            url: "https://crm.example/",
            events: ["*"]
        )
        let call = try await world.placeCall()
        let credential = try await ManageSIPCredentials(context).create(
            number: APIWorld.number,
            workspaceID: id,
            label: "1"
        )
        let port = try await CreatePortRequest(context)(
            workspaceID: id,
            .init(direction: .in, numbers: ["+254201112255"], carrier: "Other", accountHolder: "Acme")
        )
        let invitation = try await InviteMember(context)(
            workspaceID: id,
            email: "guest@example.com",
            role: .member
        ) { $0 }
        return [
            "key": try await CreateKey(context)(workspaceID: id, KeyWish(name: "x")).key.id.uuidString,
            "webhook": webhook.subscription.id.uuidString, "number": call.numberID.uuidString,
            "delivery": try #require(try await LeaseDeliveries(context)(limit: 1).first).id.uuidString,
            "invitation": invitation.invitation.id.uuidString, "port": port.request.id.uuidString,
            "credential": credential.credential.id.uuidString,
        ]
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRepetitionIsAnsweredAsTheFirst(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let names = try await names(world)
        // An invitation is not sent twice within a minute.
        world.clock.advance(by: .seconds(60))
        try await world.serving { client in
            let cookie = try await world.signIn(client, "dev@example.com")
            for (index, post) in Self.posts.enumerated() {
                let path = names.reduce(post.path) { $0.replacing("{\($1.key)}", with: $1.value) }
                let headers: HTTPFields = [.idempotencyKey: "once-\(index)"]
                func send(_ body: String) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
                    post.isPerson
                        ? try await world.post(client, path, body, cookie: cookie, headers: headers)
                        : try await world.ask(client, .post, path, body, headers: headers)
                }
                let first = try await send(post.body)
                let label: Comment = "\(path): \(first.json)"
                #expect((200...202).contains(first.status) && first.headers[.idempotentReplay] == nil, label)
                let again = try await send(post.body)
                #expect(again.status == first.status && again.headers[.idempotentReplay] == "true", label)
                #expect(again.json == first.json, "\(path): \(again.json) is not \(first.json)")
                if post.isPerson == false, path.contains("?kind=bill") {
                    let asked = try await world.ask(
                        client,
                        .post,
                        path.replacing("kind=bill", with: "kind=other"),
                        post.body,
                        headers: headers
                    )
                    #expect(asked.json["error"]?["code"] == "idempotency.conflict", "the query is part of the request")
                }
                let other = try await send(post.body == "{}" ? #"{"x": 1}"# : post.body + " ")
                #expect(other.status == 409 && other.json["error"]?["code"] == "idempotency.conflict", label)
            }
        }
    }

    @Test func aTwinIsToldToComeBackWhileTheFirstRuns() async throws {
        let (running, ids) = (RunningRequests(), SystemIdentifierSource(clock: ManualWallClock()))
        let (scope, other) = (ids.next(), ids.next())
        try await running.run(scopeID: scope, key: "k") {
            let twin = await #expect(throws: PlatformError.self) {
                try await running.run(scopeID: scope, key: "k") {}
            }
            #expect(twin?.code == .idempotencyInProgress)
            try await running.run(scopeID: scope, key: "another") {}
            try await running.run(scopeID: other, key: "k") {}
        }
        // It is free again, also after a failure.
        struct Failure: Error {}
        await #expect(throws: Failure.self) { try await running.run(scopeID: scope, key: "k") { throw Failure() } }
        try await running.run(scopeID: scope, key: "k") {}
    }

    /// Whatever the twins meet, one call is placed, and everybody who comes back learns of it.
    @Test(arguments: TestDatabase.Engine.allCases)
    func twinsPlaceOneCall(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving(.live) { client in
            let body = #"{"from": "+254200000001", "to": "+254712345678"}"#
            let headers: HTTPFields = [.idempotencyKey: "twins"]
            let answers = try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let answer = try await world.ask(client, .post, "/v1/calls", body, headers: headers)
                        return (answer.status, answer.json)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (status, json) in answers where status != 201 {
                #expect(status == 409 && json["error"]?["code"] == "idempotency.in_progress", "\(json)")
            }
            let placed = Set(answers.filter { $0.0 == 201 }.map { $0.1["id"]?.text ?? "" })
            #expect(placed.count == 1)
            let late = try await world.ask(client, .post, "/v1/calls", body, headers: headers)
            #expect(late.status == 201 && placed == [late.json["id"]?.text ?? ""])
            let list = try await ListCalls(world.context)(workspaceID: world.workspaceID, filter: CallFilter())
            #expect(list.calls.count == 1)
        }
    }
}
