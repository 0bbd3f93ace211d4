import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Platform
import Primitives
import TestSupport
import Testing

/// Every route, asked by everybody: the right status each, and never another workspace's data.
@Suite struct MatrixTests {
    /// One of everything that a path can name, in one workspace.
    private struct Fixture {
        let world: APIWorld
        let ownerID: String
        let credentialID: String
        let documentID: String
        let names: [(prefix: String, id: String)]

        init(_ engine: TestDatabase.Engine) async throws {
            var settings = PlatformSettings()
            (settings.signInLinksPerEmail, settings.signInLinksPerAddress) = (10_000, 10_000)
            world = try await APIWorld(engine, settings: settings)
            try await world.claimNumber()
            let workspaceID = world.workspaceID
            let webhook = try await CreateSubscription(world.context)(
                workspaceID: workspaceID,
                url: "https://crm.example/hooks",
                events: ["*"]
            )
            let call = try await world.placeCall()
            let delivery = try #require(try await LeaseDeliveries(world.context)(limit: 1).first)
            let key = try await CreateKey(world.context)(workspaceID: workspaceID, KeyWish(name: "subject"))
            let invitation = try await InviteMember(world.context)(
                workspaceID: workspaceID,
                email: "guest@example.com",
                role: .member
            ) { $0 }.invitation
            let number = call.numberID.uuidString
            let credential = try await ManageSIPCredentials(world.context).create(
                number: number,
                workspaceID: workspaceID,
                label: "desk"
            )
            let port = try await CreatePortRequest(world.context)(
                workspaceID: workspaceID,
                .init(direction: .in, numbers: ["+254201111112"], carrier: "Other", accountHolder: "Acme")
            ).request
            let document = try await ManagePortDocuments(world.context).add(
                Array("%PDF-1.4".utf8),
                kind: .bill,
                name: "bill.pdf",
                to: port.id,
                workspaceID: workspaceID
            ).document
            let topup = try await RequestTopup(world.context)(
                .init(phone: "+254700000123", amountMinor: 100_00),
                workspaceID: workspaceID
            ).topup
            let upload = try await world.upload()
            let recipient = try await ManageAlertRecipients(world.context).add(
                email: "watch@example.com",
                workspaceID: workspaceID,
                baseURL: APIWorld.publicURL
            ).recipient
            let conferenceID = try await EnterConference(world.context)(
                call,
                name: "standup",
                state: .init(),
                nodeID: world.context.ids.next()
            )
            (credentialID, documentID) = (credential.credential.id.uuidString, document.id.uuidString)
            let members = try await ListMembers(world.context)(workspaceID: workspaceID)
            ownerID = try #require(members.first).user.id.uuidString
            names = [
                ("/v1/webhooks/deliveries/", delivery.id.uuidString),
                ("/v1/webhooks/", webhook.subscription.id.uuidString), ("/v1/calls/", call.id.uuidString),
                ("/v1/numbers/", number), ("/v1/port-requests/", port.id.uuidString),
                ("/v1/wallet/alerts/recipients/", recipient.id.uuidString), ("/v1/topups/", topup.id.uuidString),
                ("/v1/uploads/audio/", upload.id.uuidString), ("/v1/conferences/", conferenceID.uuidString),
                ("/v1/api-keys/", key.key.id.uuidString),
                ("/v1/invitations/", invitation.id.uuidString), ("/v1/members/", ownerID),
            ]
        }

        func path(_ route: RouteAccess) -> String {
            let id = names.first { route.path.hasPrefix($0.prefix) }?.id ?? ""
            return route.path.replacing("{id}", with: id).replacing("{room}", with: id).replacing(
                "{credential_id}",
                with: credentialID
            )
            .replacing("{document_id}", with: documentID).replacing("{month}", with: "2026-05") + route.query
        }

        func ask(
            _ client: any TestClientProtocol,
            _ route: RouteAccess,
            key: String? = nil,
            cookie: String? = nil
        ) async throws -> (status: Int, text: String) {
            var headers: HTTPFields = [.contentType: route.contentType]
            if let key { headers[.authorization] = "Bearer \(key)" }
            headers[.cookie] = cookie
            let body = route.method == .get ? nil : ByteBuffer(string: route.body)
            return try await client.execute(uri: path(route), method: route.method, headers: headers, body: body) {
                ($0.status.code, String(buffer: $0.body))
            }
        }

        func key(_ scopes: Set<Scope>, expiresAfter: Duration? = nil) async throws -> CreateKey.Created {
            var wish = KeyWish(name: "asker", scopes: scopes)
            wish.expiresAt = expiresAfter.map { world.clock.now() + $0 }
            return try await CreateKey(world.context)(workspaceID: world.workspaceID, wish)
        }
    }

    @Test func everyRouteIsInTheTable() async throws {
        let fixture = try await Fixture(.sqlite)
        let routes = fixture.world.router.routes.map { ($0.method, String(describing: $0.path)) }
        try await fixture.world.serving { client in
            for (method, path) in routes where method != .head {
                let listed = RouteAccess.all.contains { $0.method == method && $0.path == path }
                let route = RouteAccess(method: method, path: path, who: .anybody)
                let status = try await fixture.ask(client, route, key: fixture.world.apiKey).status
                #expect(listed == (status != 405), "\(method) \(path) answers \(status)")
            }
            for method in [HTTPRequest.Method.trace, HTTPRequest.Method("QUERY")].compactMap(\.self) {
                let route = RouteAccess(method: method, path: "/v1/calls", who: .anybody)
                #expect(try await fixture.ask(client, route, key: fixture.world.apiKey).status == 405)
            }
            for route in RouteAccess.all {
                #expect(routes.contains { $0.0 == route.method && $0.1 == route.path }, "\(route.method) \(route.path)")
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whoMayNotIsRefused(engine: TestDatabase.Engine) async throws {
        let fixture = try await Fixture(engine)
        let revoked = try await fixture.key(Scope.all)
        try await RevokeKey(fixture.world.context)(workspaceID: fixture.world.workspaceID, keyID: revoked.key.id)
        let expired = try await fixture.key(Scope.all, expiresAfter: .seconds(1))
        fixture.world.clock.advance(by: .seconds(1))
        var lacking: [Scope: String] = [:]
        for scope in Scope.allCases { lacking[scope] = try await fixture.key(Scope.all.subtracting([scope])).secret }
        let without = lacking
        let other = try await CreateWorkspace(fixture.world.context)(
            name: "Other",
            email: "o@example.com",
            creditMinor: 1000_00
        )
        try await fixture.world.serving { client in
            for route in RouteAccess.all where route.who != .anybody {
                let label: Comment = "\(route.method) \(route.path)"
                for key in [nil, "tsk_live_00000000000000000000000000000000", revoked.secret, expired.secret] {
                    #expect(try await fixture.ask(client, route, key: key).status == 401, label)
                }
                #expect(
                    try await fixture.ask(client, route, cookie: "sk_session=0123456789abcdef").status == 401,
                    label
                )
                switch route.who {
                case .scope(let scope), .selfOr(let scope):
                    #expect(try await fixture.ask(client, route, key: without[scope]).status == 403, label)
                    guard route.path.contains("{id}"), !route.path.hasSuffix("{id}/claim") else { continue }
                    let theirs = try await fixture.ask(client, route, key: other.apiKey)
                    #expect(theirs.status == 404, "\(label) of another workspace")
                case .person:
                    #expect(try await fixture.ask(client, route, key: fixture.world.apiKey).status == 401, label)
                case .key, .anybody: break
                }
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func membersAndOwnersMayWhatTheirRolesSay(engine: TestDatabase.Engine) async throws {
        for role in Role.allCases {
            let fixture = try await Fixture(engine)
            let email = role == .owner ? "dev@example.com" : "member@example.com"
            try await fixture.world.serving { client in
                if role == .member { try await join(fixture, client, email) }
                for route in RouteAccess.all where route.who != .anybody {
                    // Signing out is one of the routes.
                    let cookie = try await fixture.world.signIn(client, email)
                    let (status, text) = try await fixture.ask(client, route, cookie: cookie)
                    let mayAsk =
                        switch route.who {
                        case .scope(let scope), .selfOr(let scope): role.scopes.contains(scope)
                        case .key: false
                        case .person, .anybody: true
                        }
                    // What a request may be refused for besides: a number that is not theirs any more.
                    let isRefused =
                        status == 401 || status == 403 && Self.denials.contains { text.contains($0.rawValue) }
                    #expect(isRefused == !mayAsk, "\(role) \(route.method) \(route.path): \(status) \(text)")
                    #expect(status < 500, "\(role) \(route.method) \(route.path): \(text)")
                    #expect(status != 405)
                    try await back(fixture, client, cookie, email)
                }
            }
        }
    }

    private static let denials: [ErrorCode] = [
        .scopeDenied, .writeDenied, .roleChangeDenied, .removeDenied, .sessionInvalid, .noWorkspace, .originRefused,
    ]

    /// Makes somebody a member.
    private func join(_ fixture: Fixture, _ client: any TestClientProtocol, _ email: String) async throws {
        let token = Locked("")
        _ = try await InviteMember(fixture.world.context)(
            workspaceID: fixture.world.workspaceID,
            email: email,
            role: .member
        ) { text in
            token.withLock { $0 = text }
            return text
        }
        let cookie = try await fixture.world.signIn(client, email)
        let body = #"{"token": "\#(token.withLock { $0 })"}"#
        let joined = try await fixture.world.post(client, "/v1/auth/invite/accept", body, cookie: cookie)
        #expect(joined.status == 200)
    }

    /// A route may have made another workspace the active one; the next is asked in the first again.
    private func back(
        _ fixture: Fixture,
        _ client: any TestClientProtocol,
        _ cookie: String,
        _ email: String
    ) async throws {
        let again = try await fixture.world.signIn(client, email)
        let body = #"{"workspace_id": "\#(fixture.world.workspaceID)"}"#
        _ = try await fixture.world.post(client, "/v1/auth/workspace", body, cookie: again)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSuspendedWorkspaceReads(engine: TestDatabase.Engine) async throws {
        let fixture = try await Fixture(engine)
        let key = try await fixture.key(Scope.all).secret
        try await SuspendWorkspace(fixture.world.context)(
            workspaceID: fixture.world.workspaceID,
            status: .suspended
        )
        try await fixture.world.serving { client in
            for route in RouteAccess.all {
                switch route.who {
                case .anybody, .person: continue
                case .scope, .selfOr, .key: break
                }
                let (status, text) = try await fixture.ask(client, route, key: key)
                let isRefused = status == 403 && text.contains("workspace.suspended")
                #expect(isRefused == !route.worksSuspended, "\(route.method) \(route.path): \(status) \(text)")
                #expect(status < 500 && status != 401, "\(route.method) \(route.path): \(text)")
            }
        }
    }
}
