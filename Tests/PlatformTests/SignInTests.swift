import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Links to sign in, sessions, and the workspaces they act for.
@Suite struct SignInTests {
    private static let client = SignInClient(address: "192.0.2.7", userAgent: "test")
    private static let email = "Wanjiku@Example.com"

    /// Asks for a link and takes its token out of the mail.
    private func token(_ world: World, email: String = email) async throws -> String {
        try await RequestSignIn(world.context)(email: email, client: Self.client) {
            "https://x/auth/verify?token=\($0)"
        }
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        let mail = try #require(outbox.mails.withLock { $0.last })
        #expect(mail.recipient == email.lowercased())
        let line = try #require(mail.text.split(separator: "\n").first { $0.hasPrefix("https://") })
        return String(line.dropFirst("https://x/auth/verify?token=".count))
    }

    private func signIn(_ world: World, email: String = email) async throws -> Session {
        let signedIn = try await RedeemSignIn(world.context)(
            token: try await token(world, email: email),
            client: Self.client
        )
        return try await AuthenticateSession(world.context)(signedIn.secret)
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    private static let wish = OpenWorkspace.Wish(
        personName: "Wanjiku",
        workspaceName: "Duka la Mama",
        country: "ke",
        currency: "kes"
    )

    @Test(arguments: TestDatabase.Engine.allCases)
    func aLinkWorksOnceAndForFifteenMinutes(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let first = try await token(world)
        let redeem = RedeemSignIn(world.context)
        let signedIn = try await redeem(token: first, client: Self.client)
        #expect(signedIn.user.email == "wanjiku@example.com")
        #expect(await code { _ = try await redeem(token: first, client: Self.client) } == .signInTokenUsed)
        #expect(
            await code { _ = try await redeem(token: first + "x", client: Self.client) } == .signInTokenInvalid
        )
        let second = try await token(world)
        world.clock.advance(by: .seconds(15 * 60))
        #expect(await code { _ = try await redeem(token: second, client: Self.client) } == .signInTokenExpired)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyWhoUseALinkAtOnceOneSignsIn(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let token = try await token(world)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await RedeemSignIn(world.context)(token: token, client: Self.client)
                        return true
                    } catch let error as PlatformError {
                        return error.code != .signInTokenUsed
                    } catch {
                        Issue.record(error)
                        return true
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter(\.self).count == 1)
        #expect(try await world.count("sessions") == 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func onboardingMakesOneWorkspaceAndAnotherCanFollow(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let session = try await signIn(world)
        #expect(session.principal == nil)
        let open = OpenWorkspace(world.context)
        let first = try await open(session, Self.wish, isFirst: true).workspace
        #expect(first.slug == "duka-la-mama" && first.currency == .kes && first.country == "KE")
        #expect(first.mpesaAccountReference.wholeMatch(of: /TS-[2-9A-HJ-NP-Z]{8}/) != nil)
        #expect(await code { _ = try await open(session, Self.wish, isFirst: true) } == .alreadyOnboarded)
        let second = try await open(session, Self.wish, isFirst: false).workspace
        #expect(second.slug.hasPrefix("duka-la-mama-") && second.mpesaAccountReference != first.mpesaAccountReference)
        let memberships = try await ListMemberships(world.context)(userID: session.user.id)
        #expect(
            memberships.map(\.workspace.id) == [first.id, second.id] && memberships.allSatisfy { $0.role == .owner }
        )
    }

    @Test func aNameWithoutALetterStillHasASlug() async throws {
        let world = try await World(.sqlite)
        let session = try await signIn(world)
        var wish = Self.wish
        wish.workspaceName = "🫖"
        #expect(try await OpenWorkspace(world.context)(session, wish, isFirst: true).workspace.slug == "workspace")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func switchingKeepsTheSessionAndItsPersonsPlaces(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let signedIn = try await RedeemSignIn(world.context)(token: try await token(world), client: Self.client)
        let authenticate = AuthenticateSession(world.context)
        let session = try await authenticate(signedIn.secret)
        let first = try await OpenWorkspace(world.context)(session, Self.wish, isFirst: true).workspace
        let second = try await OpenWorkspace(world.context)(session, Self.wish, isFirst: false).workspace
        #expect(try await authenticate(signedIn.secret).principal?.workspaceID == second.id)
        try await SwitchWorkspace(world.context)(session, to: first.id)
        let principal = try #require(try await authenticate(signedIn.secret).principal)
        #expect(principal.workspaceID == first.id && principal.scopes == Role.owner.scopes)
        #expect(
            await code { try await SwitchWorkspace(world.context)(session, to: world.workspace.id) }
                == .workspaceForbidden
        )
        // Signing in again leads to where they were.
        #expect(try await signIn(world).principal?.workspaceID == first.id)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func sessionsEnd(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let redeem = RedeemSignIn(world.context)
        let first = try await redeem(token: try await token(world), client: Self.client)
        let second = try await redeem(token: try await token(world), client: Self.client, earlier: first.secret)
        let third = try await redeem(token: try await token(world), client: Self.client)
        let authenticate = AuthenticateSession(world.context)
        #expect(await code { _ = try await authenticate(first.secret) } == .sessionInvalid, "rotated at sign-in")
        let session = try await authenticate(second.secret)
        try await EndSessions(world.context).one(session)
        #expect(await code { _ = try await authenticate(second.secret) } == .sessionInvalid)
        let other = try await authenticate(third.secret)
        let fourth = try await redeem(token: try await token(world), client: Self.client)
        try await EndSessions(world.context).everywhere(other)
        for secret in [third.secret, fourth.secret] {
            #expect(await code { _ = try await authenticate(secret) } == .sessionInvalid)
        }
        let last = try await redeem(token: try await token(world), client: Self.client)
        world.clock.advance(by: world.context.settings.sessionLifetime)
        #expect(await code { _ = try await authenticate(last.secret) } == .sessionInvalid, "too old")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func knownAndUnknownAddressesAreToldTheSame(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        for email in ["dev@example.com", "nobody@example.com"] {
            try await RequestSignIn(world.context)(email: email, client: Self.client) { $0 }
        }
        #expect(try await world.count("mails") == 2)
        #expect(try await world.count("users") == 1, "an account is made when a link is used")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func linksAreLimitedByPersonAndByPlace(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine) {
            $0.signInLinksPerEmail = 2
            $0.signInLinksPerAddress = 3
        }
        let request = RequestSignIn(world.context)
        let elsewhere = SignInClient(address: "192.0.2.8")
        for _ in 0..<2 { try await request(email: "a@example.com", client: Self.client) { $0 } }
        #expect(
            await code { try await request(email: "A@example.com", client: elsewhere) { $0 } } == .rateLimitExceeded
        )
        try await request(email: "b@example.com", client: Self.client) { $0 }
        #expect(
            await code { try await request(email: "c@example.com", client: Self.client) { $0 } } == .rateLimitExceeded
        )
        world.clock.advance(by: .seconds(3600))
        try await request(email: "a@example.com", client: Self.client) { $0 }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func mailsAreTriedAgainAndForgottenWhenSent(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        try await RequestSignIn(world.context)(email: Self.email, client: Self.client) { $0 }
        let outbox = Outbox()
        outbox.failure.withLock { $0 = MailFailure(isTransient: true, "451 later") }
        let send = SendMails(world.context, mailer: outbox)
        #expect(try await send() == 1)
        #expect(try await send() == 0, "not before its time")
        outbox.failure.withLock { $0 = nil }
        world.clock.advance(by: .seconds(5))
        #expect(try await send() == 1)
        let row = try await world.context.database.read {
            try $0.first("SELECT state, attempts, sealed_text FROM mails")
        }
        #expect(try row?.get("state") == "sent" && row?.get("attempts") == 2)
        #expect(try row?.get("sealed_text", as: [UInt8]?.self) == .some(nil), "what it said is forgotten")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aMailThatIsRefusedOrTooOldIsClosed(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let outbox = Outbox()
        outbox.failure.withLock { $0 = MailFailure(isTransient: false, "550 no such person") }
        try await RequestSignIn(world.context)(email: Self.email, client: Self.client) { $0 }
        _ = try await SendMails(world.context, mailer: outbox)()
        try await RequestSignIn(world.context)(email: Self.email, client: Self.client) { $0 }
        world.clock.advance(by: world.context.settings.signInLinkLifetime)
        outbox.failure.withLock { $0 = nil }
        _ = try await SendMails(world.context, mailer: outbox)()
        let states = try await world.context.database.read { tx in
            try tx.rows("SELECT state FROM mails ORDER BY id").map { try $0.get("state", as: String.self) }
        }
        #expect(states == ["failed", "expired"])
        #expect(outbox.mails.withLock { $0 }.isEmpty)
    }

    @Test func whatALinkSaysIsNotReadableInTheDatabase() async throws {
        let world = try await World(.sqlite)
        let token = Locked("")
        try await RequestSignIn(world.context)(email: Self.email, client: Self.client) { text in
            token.withLock { $0 = text }
            return text
        }
        let secret = token.withLock { $0 }
        #expect(secret.utf8.count == 32)
        let sealed = try await world.context.database.read { try $0.first("SELECT sealed_text FROM mails") }
        let bytes = try #require(try sealed?.get("sealed_text", as: [UInt8]?.self))
        #expect(!String(decoding: bytes, as: UTF8.self).contains(secret))
    }

    @Test(arguments: [
        "", "a", "a@", "@b.c", "a@b", "a b@c.d", "a@b..c", "a@b.c\r\nRCPT TO:<x@y.z>", "a<b@c.d", "a@-b.c",
        "x@de*v.c|m",
    ])
    func addressesThatAreNoneAreRefused(_ text: String) {
        #expect(throws: PlatformError.self) { try EmailAddress(parsing: text, field: "email") }
    }
}
