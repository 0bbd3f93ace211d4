import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// Signing in over HTTP, and what a session may do there.
@Suite struct SessionTests {
    private static let onboarding =
        #"{"name": "Wanjiku", "workspace_name": "Acme Production", "country": "KE", "currency": "KES"}"#

    @Test(arguments: TestDatabase.Engine.allCases)
    func aPersonSignsInAndOnboards(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let cookie = try await world.signIn(client, "new@example.com")
            #expect(try await world.get(client, "/v1/me", cookie: cookie).json["memberships"] == [])
            let early = try await world.get(client, "/v1/wallet", cookie: cookie)
            #expect(early.status == 403 && early.json["error"]?["code"] == "auth.no_workspace")
            let opened = try await world.post(client, "/v1/auth/onboarding", Self.onboarding, cookie: cookie)
            #expect(opened.status == 201 && opened.json["slug"] == "acme-production")
            let me = try await world.get(client, "/v1/me", cookie: cookie).json
            #expect(me["user"]?["email"] == "new@example.com" && me["user"]?["name"] == "Wanjiku")
            guard case .array(let memberships)? = me["memberships"], let first = memberships.first else {
                Issue.record("\(me)")
                return
            }
            #expect(
                first == [
                    "country": "KE", "currency": "KES", "name": "Acme Production", "role": "owner",
                    "slug": "acme-production", "workspace_id": opened.json["workspace_id"] ?? .null,
                ]
            )
            #expect(try await world.get(client, "/v1/wallet", cookie: cookie).json["balance_minor"] == 0)
            let again = try await world.post(client, "/v1/auth/onboarding", Self.onboarding, cookie: cookie)
            #expect(again.status == 409 && again.json["error"]?["code"] == "auth.already_onboarded")
        }
    }

    @Test func aSecondWorkspaceIsSwitchedToAndFrom() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let cookie = try await world.signIn(client, "dev@example.com")
            let second = try await world.post(client, "/v1/workspaces", #"{"name": "Staging"}"#, cookie: cookie)
            #expect(second.status == 201)
            #expect(try await world.get(client, "/v1/wallet", cookie: cookie).json["balance_minor"] == 0)
            let back = #"{"workspace_id": "\#(world.workspaceID)"}"#
            #expect(try await world.post(client, "/v1/auth/workspace", back, cookie: cookie).status == 200)
            #expect(try await world.get(client, "/v1/wallet", cookie: cookie).json["balance_minor"] == 100_000)
            let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
            let theirs = #"{"workspace_id": "\#(other.workspace.id)"}"#
            let refused = try await world.post(client, "/v1/auth/workspace", theirs, cookie: cookie)
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "auth.workspace_forbidden")
        }
    }

    @Test func signingOutEndsTheSessionHereOrEverywhere() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let (one, two) = (
                try await world.signIn(client, "dev@example.com"), try await world.signIn(client, "dev@example.com")
            )
            let three = try await world.signIn(client, "dev@example.com")
            let out = try await world.post(client, "/v1/auth/sign-out", "", cookie: one)
            #expect(out.status == 200 && out.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await world.get(client, "/v1/me", cookie: one).status == 401)
            #expect(try await world.get(client, "/v1/me", cookie: two).status == 200)
            #expect(try await world.post(client, "/v1/auth/sign-out-everywhere", "", cookie: two).status == 200)
            for cookie in [two, three] {
                let refused = try await world.get(client, "/v1/me", cookie: cookie)
                #expect(refused.status == 401 && refused.json["error"]?["code"] == "auth.session_invalid")
            }
        }
    }

    @Test func anotherSiteCannotUseASession() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let cookie = try await world.signIn(client, "dev@example.com")
            for origin in ["https://evil.example", "null", "https://localhost.evil.example"] {
                let refused = try await world.post(
                    client,
                    "/v1/workspaces",
                    #"{"name": "Mine"}"#,
                    cookie: cookie,
                    headers: [.origin: origin]
                )
                #expect(refused.status == 403 && refused.json["error"]?["code"] == "auth.origin_refused", "\(origin)")
            }
            let own = try await world.post(
                client,
                "/v1/workspaces",
                #"{"name": "Mine"}"#,
                cookie: cookie,
                headers: [.origin: "http://localhost"]
            )
            #expect(own.status == 201)
        }
    }

    @Test func aKeyIsNoPerson() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let refused = try await world.ask(client, .get, "/v1/me")
            #expect(refused.status == 401 && refused.json["error"]?["code"] == "auth.session_invalid")
        }
    }

    @Test func whatIsWrongIsNamed() async throws {
        let world = try await APIWorld()
        let cases: [(String, String, String, String)] = [
            ("/v1/auth/magic-link", #"{}"#, "request.invalid", "email"),
            ("/v1/auth/magic-link", #"{"email": "nobody"}"#, "request.invalid", "email"),
            ("/v1/auth/magic-link/verify", #"{}"#, "request.invalid", "token"),
            ("/v1/auth/onboarding", #"{}"#, "request.invalid", "name"),
            (
                "/v1/auth/onboarding", #"{"name": "A", "workspace_name": "B", "country": "UG"}"#, "request.invalid",
                "country"
            ),
            (
                "/v1/auth/onboarding", #"{"name": "A", "workspace_name": "B", "currency": "UGX"}"#,
                "currency.unsupported", "currency"
            ),
            ("/v1/workspaces", #"{"name": " "}"#, "request.invalid", "name"),
            ("/v1/auth/workspace", #"{"workspace_id": "x"}"#, "request.invalid", "workspace_id"),
        ]
        try await world.serving { client in
            let cookie = try await world.signIn(client, "new@example.com")
            for (path, body, code, field) in cases {
                let answer = try await world.post(client, path, body, cookie: cookie)
                #expect(answer.status == 400 && answer.json["error"]?["code"] == .string(code), "\(path) \(body)")
                #expect(answer.json["error"]?["field"] == .string(field), "\(path) \(body)")
            }
            let bad = try await world.post(client, "/v1/auth/magic-link/verify", #"{"token": "0123456789abcdef"}"#)
            #expect(bad.status == 401 && bad.json["error"]?["code"] == "auth.token_invalid")
        }
    }

    @Test func theLinksPageSignsInByItsButtonOnly() async throws {
        let world = try await APIWorld()
        let token = Locked("")
        try await RequestSignIn(world.context)(email: "p@example.com", client: SignInClient(address: "x")) { text in
            token.withLock { $0 = text }
            return text
        }
        let secret = token.withLock { $0 }
        try await world.serving { client in
            for _ in 0..<2 {
                let page = try await client.execute(uri: "/auth/verify?token=\(secret)", method: .get) { $0 }
                #expect(page.status == .ok && String(buffer: page.body).contains(#"value="\#(secret)""#))
            }
            let hostile = "/auth/verify?token=%22%3E%3Cscript%3E"
            let page = try await client.execute(uri: hostile, method: .get) { String(buffer: $0.body) }
            #expect(!page.contains("<script"))
            let form = ByteBuffer(string: "token=\(secret)")
            let done = try await client.execute(uri: "/auth/verify", method: .post, body: form) { $0 }
            #expect(done.status == .ok && done.headers[.setCookie]?.hasPrefix("sk_session=") == true)
            let again = try await client.execute(uri: "/auth/verify", method: .post, body: form) { $0 }
            #expect(again.status == .conflict && again.headers[.setCookie] == nil)
        }
    }

    /// A page that refuses says when to come back, as an answer of the API does.
    @Test func tooManyLinksAreRefusedUntilAnHourHasPassed() async throws {
        var settings = PlatformSettings()
        settings.signInLinksPerEmail = 0
        let world = try await APIWorld(settings: settings)
        try await world.serving { client in
            let page = try await client.execute(
                uri: "/auth/sign-in",
                method: .post,
                body: ByteBuffer(string: "email=dev%40example.com")
            ) { $0 }
            #expect(page.status == .tooManyRequests && page.headers[.retryAfter] == "3600")
            let answer = try await world.post(client, "/v1/auth/magic-link", #"{"email": "dev@example.com"}"#)
            #expect(answer.status == 429 && answer.headers[.retryAfter] == "3600")
        }
    }
}
