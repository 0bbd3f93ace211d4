import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Platform
import Primitives
import TestSupport
import Testing

/// Members and invitations over HTTP.
@Suite struct MemberTests {
    /// The token of the newest mail, as its recipient reads it.
    private func token(_ world: APIWorld) async throws -> String {
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        let text = try #require(outbox.mails.withLock { $0.last?.text })
        let link = try #require(text.split(separator: "\n").first { $0.hasPrefix(APIWorld.publicURL) })
        #expect(link.hasPrefix(APIWorld.publicURL + "/auth/invite?token="))
        return String(try #require(link.split(separator: "=").last))
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anInvitationIsListedSentAgainAndAccepted(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let sent = try await world.ask(client, .post, "/v1/invitations", #"{"email": "New@example.com"}"#)
            #expect(sent.status == 201 && sent.json["email"] == "new@example.com" && sent.json["role"] == "member")
            guard case .string(let id)? = sent.json["id"] else {
                Issue.record("\(sent.json)")
                return
            }
            let listed = try await world.ask(client, .get, "/v1/invitations")
            #expect(listed.json["data"] == .array([sent.json]))
            let soon = try await world.ask(client, .post, "/v1/invitations/\(id)/resend")
            #expect(soon.status == 429 && soon.headers[.retryAfter] == "60")
            world.clock.advance(by: .seconds(60))
            #expect(try await world.ask(client, .post, "/v1/invitations/\(id)/resend").status == 200)
            let empty = try await world.ask(
                client,
                .post,
                "/v1/invitations",
                #"{"email": "x@example.com", "role": ""}"#
            )
            #expect(empty.status == 400 && empty.json["error"]?["field"] == "role")
            let token = try await token(world)
            let cookie = try await world.signIn(client, "new@example.com")
            let body = #"{"token": "\#(token)"}"#
            let accepted = try await world.post(client, "/v1/auth/invite/accept", body, cookie: cookie)
            #expect(accepted.status == 200 && accepted.json["workspace_id"] == .string("\(world.workspaceID)"))
            #expect(try await world.get(client, "/v1/wallet", cookie: cookie).json["balance_minor"] == 100_000)
            // A member reads who else is there, and invites nobody.
            #expect(try await world.get(client, "/v1/members", cookie: cookie).status == 200)
            let refused = try await world.post(
                client,
                "/v1/invitations",
                #"{"email": "x@example.com"}"#,
                cookie: cookie
            )
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "accounts.write_denied")
            #expect(try await world.ask(client, .get, "/v1/invitations").json["data"] == [])
        }
    }

    @Test func anInvitationWaitsWhileItsPersonSignsIn() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            _ = try await world.ask(client, .post, "/v1/invitations", #"{"email": "new@example.com", "role": "owner"}"#)
            let token = try await token(world)
            let early = try await world.post(client, "/v1/auth/invite/accept", #"{"token": "\#(token)"}"#)
            #expect(early.status == 401 && early.json["error"]?["code"] == "invite_requires_login")
            #expect(early.json["error"]?["redirect_to"] == "/auth/sign-in")
            let handoff = try #require(early.headers[.setCookie]?.split(separator: ";").first)
            #expect(handoff == "sk_invite=\(token)")
            let cookie = try await world.signIn(client, "new@example.com", carrying: String(handoff))
            let me = try await world.get(client, "/v1/me", cookie: cookie).json
            guard case .array(let memberships)? = me["memberships"] else {
                Issue.record("\(me)")
                return
            }
            #expect(memberships.count == 1 && memberships[0]["role"] == "owner")
        }
    }

    @Test func thePagesLeadAnInvitedPersonIn() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let empty = try await client.execute(uri: "/auth/invite", method: .post) { $0.status.code }
            #expect(empty == 404, "an invitation without a token is none")
        }
        try await world.serving { client in
            _ = try await world.ask(client, .post, "/v1/invitations", #"{"email": "new@example.com"}"#)
            let token = try await token(world)
            let page = try await client.execute(uri: "/auth/invite?token=\(token)", method: .get) { $0 }
            #expect(page.status == .ok && String(buffer: page.body).contains(token))
            let form = ByteBuffer(string: "token=\(token)")
            let led = try await client.execute(uri: "/auth/invite", method: .post, body: form) { $0 }
            #expect(led.status == .seeOther && led.headers[.location] == "/auth/sign-in")
            #expect(led.headers[.setCookie]?.hasPrefix("sk_invite=\(token)") == true)
            let cookie = try await world.signIn(client, "new@example.com")
            let joined = try await client.execute(
                uri: "/auth/invite",
                method: .post,
                headers: [.cookie: cookie],
                body: form
            ) { $0 }
            #expect(joined.status == .ok)
            let send = ByteBuffer(string: "email=someone%40example.com")
            let sent = try await client.execute(uri: "/auth/sign-in", method: .post, body: send) { $0 }
            #expect(sent.status == .ok && String(buffer: sent.body).contains("Look at your mail"))
            let bad = ByteBuffer(string: "email=%zz")
            let refused = try await client.execute(uri: "/auth/sign-in", method: .post, body: bad) { $0 }
            #expect(refused.status == .badRequest)
        }
    }

    @Test func rolesAreChangedAndMembersRemoved() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let owner = try await world.signIn(client, "dev@example.com")
            let me = try await world.get(client, "/v1/me", cookie: owner).json
            guard case .string(let id)? = me["user"]?["id"] else {
                Issue.record("\(me)")
                return
            }
            let last = try await world.ask(client, .patch, "/v1/members/\(id)", #"{"role": "member"}"#)
            #expect(last.status == 409 && last.json["error"]?["code"] == "accounts.last_owner")
            let gone = try await world.ask(client, .delete, "/v1/members/\(id)")
            #expect(gone.status == 409 && gone.json["error"]?["code"] == "accounts.last_owner")
            let wrong = try await world.ask(client, .patch, "/v1/members/\(id)", #"{"role": "king"}"#)
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "role")
            for unknown in ["x", "01900000-0000-7000-8000-000000000001"] {
                let answer = try await world.ask(client, .delete, "/v1/members/\(unknown)")
                #expect(answer.status == 404 && answer.json["error"]?["code"] == "accounts.member_not_found")
            }
        }
    }
}
