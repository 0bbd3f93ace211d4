import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// The audit log over HTTP: every change is in it, with who made it and from where.
@Suite struct AuditTests {
    private struct Change {
        let method: HTTPRequest.Method
        /// `{}` stands for the id that an earlier answer had.
        let path: String
        var body: String?
        let action: String?
    }

    private static let keys = [
        Change(method: .post, path: "/v1/api-keys", body: #"{"name": "a"}"#, action: "api_key.created"),
        Change(method: .patch, path: "/v1/api-keys/{}", body: #"{"name": "b"}"#, action: "api_key.renamed"),
        Change(method: .post, path: "/v1/api-keys/{}/rotate", action: "api_key.rotated"),
        Change(method: .delete, path: "/v1/api-keys/{}", action: "api_key.revoked"),
        Change(method: .post, path: "/v1/api-keys", body: #"{"name": "t", "mode": "test"}"#, action: "api_key.created"),
    ]
    private static let webhooks = [
        Change(method: .post, path: "/v1/webhooks", body: #"{"url": "https://x.example/"}"#, action: "webhook.created"),
        Change(method: .patch, path: "/v1/webhooks/{}", body: #"{"events": ["call.*"]}"#, action: "webhook.changed"),
        Change(method: .post, path: "/v1/webhooks/{}/rotate-secret", action: "webhook.secret_rotated"),
        Change(method: .post, path: "/v1/webhooks/{}/test", action: "webhook.tested"),
        Change(
            method: .post,
            path: "/v1/webhooks/{}/replay",
            body: #"{"from": "2026-06-27T09:00:00Z", "to": "2026-06-27T11:00:00Z"}"#,
            action: "webhook.replayed"
        ),
        Change(method: .delete, path: "/v1/webhooks/{}", action: "webhook.deleted"),
    ]
    private static let people = [
        Change(method: .post, path: "/v1/invitations", body: #"{"email": "a@example.com"}"#, action: "invitation.sent"),
        Change(method: .post, path: "/v1/invitations/{}/resend", action: "invitation.resent"),
        Change(method: .delete, path: "/v1/invitations/{}", action: "invitation.revoked"),
    ]
    private static let numbers = [
        Change(method: .post, path: "/v1/numbers", body: #"{"number": "+254200000001"}"#, action: "number.claimed"),
        Change(
            method: .patch,
            path: "/v1/numbers/{}/routing",
            body: #"{"events_url": "https://x.example/"}"#,
            action: "number.routed"
        ),
        Change(
            method: .post,
            path: "/v1/calls",
            body: #"{"from": "+254200000001", "to": "+254712345678"}"#,
            action: nil
        ),
        Change(method: .post, path: "/v1/calls/{}/hangup", action: "call.hung_up"),
        Change(
            method: .post,
            path: "/v1/numbers/+254200000001/sip-credentials",
            body: #"{"label": "desk"}"#,
            action: "sip_credential.created"
        ),
        Change(
            method: .post,
            path: "/v1/numbers/+254200000001/sip-credentials/{}/rotate",
            action: "sip_credential.rotated"
        ),
        Change(
            method: .delete,
            path: "/v1/numbers/+254200000001/sip-credentials/{}",
            action: "sip_credential.revoked"
        ),
        Change(method: .delete, path: "/v1/numbers/+254200000001", action: "number.released"),
        Change(
            method: .post,
            path: "/v1/port-requests",
            body: #"{"numbers": ["+254201112233"], "carrier": "Other", "account_holder": "Acme"}"#,
            action: "port_request.created"
        ),
        Change(
            method: .post,
            path: "/v1/port-requests/{}/documents?kind=bill",
            body: "%PDF-1.4",
            action: "port_request.document_added"
        ),
        Change(
            method: .post,
            path: "/v1/port-requests/{}/documents?kind=letter_of_authorisation",
            body: "%PDF-1.4",
            action: "port_request.document_added"
        ),
        Change(method: .post, path: "/v1/port-requests/{}/submit", action: "port_request.submitted"),
        Change(method: .post, path: "/v1/port-requests/{}/cancel", action: "port_request.cancelled"),
    ]

    @Test(arguments: TestDatabase.Engine.allCases)
    func everyChangeIsNoted(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving(.live) { client in
            for changes in [Self.keys, Self.webhooks, Self.people, Self.numbers] {
                var id = ""
                for change in changes {
                    // An invitation is not sent twice within a minute.
                    world.clock.advance(by: .seconds(61))
                    let path = change.path.replacing("{}", with: id)
                    let answer = try await world.ask(client, change.method, path, change.body)
                    let label: Comment = "\(change.method) \(path): \(answer.json)"
                    #expect((200...299).contains(answer.status), label)
                    let isThing = !change.path.contains("/rotate") && !change.path.contains("/documents")
                    if isThing, case .string(let made)? = answer.json["id"] { id = made }
                    guard let action = change.action else { continue }
                    let log = try await world.ask(client, .get, "/v1/audit?limit=1")
                    guard case .array(let entries)? = log.json["data"], let entry = entries.first else {
                        Issue.record("\(log.json)")
                        return
                    }
                    #expect(entry["action_kind"] == .string(action), label)
                    #expect(entry["actor"]?["kind"] == "key" && entry["address"] == "127.0.0.1", label)
                    #expect(entry["request_id"] == JSONValue(answer.headers[.requestID]), label)
                    #expect(entry["before"] != nil && entry["after"] != nil)
                }
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theLogIsFilteredAndShowsBeforeAndAfter(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let cookie = try await world.signIn(client, "dev@example.com")
            let body = #"{"events_url": "https://crm.example/events"}"#
            _ = try await world.ask(client, .patch, "/v1/numbers/\(APIWorld.number)/routing", body)
            let made = try await world.post(client, "/v1/api-keys", #"{"name": "ci"}"#, cookie: cookie)
            guard case .string(let keyID)? = made.json["id"] else {
                Issue.record("\(made.json)")
                return
            }
            func entries(_ query: String) async throws -> [JSONValue] {
                let page = try await world.ask(client, .get, "/v1/audit?\(query)")
                #expect(page.status == 200, "\(page.json)")
                guard case .array(let entries)? = page.json["data"] else { return [] }
                return entries
            }
            let routed = try #require(try await entries("action_kind=number.routed").first)
            #expect(routed["before"]?["events_url"] == .null)
            #expect(routed["after"]?["events_url"] == "https://crm.example/events")
            let created = try await entries("target_id=\(keyID)")
            #expect(created.count == 1 && created.first?["actor"]?["email"] == "dev@example.com")
            #expect(created.first?["before"] == .null && created.first?["after"]?["name"] == "ci")
            guard case .string(let person)? = created.first?["actor"]?["id"] else {
                Issue.record("\(created)")
                return
            }
            #expect(try await entries("actor_id=\(person)").count == 1)
            #expect(try await entries("to=2026-06-27T10:00:00Z").isEmpty)
            #expect(try await entries("from=0001-01-01T00:00:00Z").count == 4, "opened, claimed, routed, created")
            let text = created.map(\.text).joined()
            if case .string(let secret)? = made.json["key"] { #expect(!text.contains(secret)) }
            for query in ["action_kind=number.eaten", "actor_id=x", "from=yesterday", "cursor=x", "limit=0"] {
                let refused = try await world.ask(client, .get, "/v1/audit?\(query)")
                #expect(refused.status == 400, "\(query): \(refused.json)")
            }
        }
    }
}
