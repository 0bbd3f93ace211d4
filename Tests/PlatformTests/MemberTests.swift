import Database
import Platform
import Primitives
import TestSupport
import Testing

/// Who belongs to a workspace, and how they come and go.
@Suite struct MemberTests {
    /// A person who has signed in, with the workspace they act for.
    private func person(_ world: World, _ email: String) async throws -> (session: Session, cookie: String) {
        let token = Locked("")
        try await RequestSignIn(world.context)(email: email, client: SignInClient(address: "192.0.2.1")) { text in
            token.withLock { $0 = text }
            return text
        }
        let signedIn = try await RedeemSignIn(world.context)(
            token: token.withLock { $0 },
            client: SignInClient(address: "192.0.2.1")
        )
        return (try await AuthenticateSession(world.context)(signedIn.secret), signedIn.secret)
    }

    /// Invites somebody to the world's workspace and returns the token of the mail.
    private func invite(_ world: World, _ email: String, role: Role = .member) async throws -> (Invitation, String) {
        let token = Locked("")
        let invitation = try await InviteMember(world.context)(
            workspaceID: world.workspace.id,
            email: email,
            role: role
        ) { text in
            token.withLock { $0 = text }
            return text
        }.invitation
        return (invitation, token.withLock { $0 })
    }

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anInvitedPersonComesIn(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, token) = try await invite(world, "New@example.com")
        let stranger = try await person(world, "stranger@example.com").session
        let accept = AcceptInvitation(world.context)
        #expect(await code { _ = try await accept(stranger, token: token) } == .inviteEmailMismatch)
        let guest = try await person(world, "new@example.com")
        #expect(guest.session.principal == nil)
        _ = try await accept(guest.session, token: token)
        #expect(await code { _ = try await accept(guest.session, token: token) } == .invitationUsed)
        let principal = try #require(try await AuthenticateSession(world.context)(guest.cookie).principal)
        #expect(principal.workspaceID == world.workspace.id && principal.scopes == Role.member.scopes)
        #expect(throws: PlatformError.self) { try principal.require(.walletWrite) }
        #expect(try await ManageInvitations(world.context).pending(workspaceID: world.workspace.id).isEmpty)
        #expect(await code { _ = try await invite(world, "new@example.com") } == .alreadyMember)
        let members = try await ListMembers(world.context)(workspaceID: world.workspace.id)
        #expect(members.map(\.user.email) == ["dev@example.com", "new@example.com"])
        #expect(members.map(\.role) == [.owner, .member])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func invitationsEndAreTakenBackAndSentAgain(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let manage = ManageInvitations(world.context)
        let accept = AcceptInvitation(world.context)
        let guest = try await person(world, "new@example.com").session
        let (first, oldToken) = try await invite(world, "new@example.com")
        world.clock.advance(by: .seconds(7 * 86_400))
        #expect(await code { _ = try await accept(guest, token: oldToken) } == .invitationExpired)
        #expect(try await manage.pending(workspaceID: world.workspace.id).isEmpty)
        let token = Locked("")
        let renewed = try await manage.resend(first.id, workspaceID: world.workspace.id) { text in
            token.withLock { $0 = text }
            return text
        }
        #expect(renewed.invitation.expiresAt == world.clock.now() + .seconds(7 * 86_400))
        #expect(await code { _ = try await accept(guest, token: oldToken) } == .invitationNotFound)
        try await manage.revoke(first.id, workspaceID: world.workspace.id)
        try await manage.revoke(first.id, workspaceID: world.workspace.id)
        #expect(await code { _ = try await accept(guest, token: token.withLock { $0 }) } == .invitationNotFound)
        let (_, one) = try await invite(world, "new@example.com")
        let (_, two) = try await invite(world, "new@example.com")
        #expect(await code { _ = try await accept(guest, token: one) } == .invitationNotFound, "replaced by the second")
        _ = try await accept(guest, token: two)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        #expect(await code { try await manage.revoke(first.id, workspaceID: other.id) } == .invitationNotFound)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anInvitationAcceptedTwiceAtOnceLetsInOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, token) = try await invite(world, "new@example.com")
        let sessions = [
            try await person(world, "new@example.com").session, try await person(world, "new@example.com").session,
        ]
        let codes = await withTaskGroup(of: ErrorCode?.self) { group in
            for index in 0..<10 {
                group.addTask {
                    do {
                        _ = try await AcceptInvitation(world.context)(sessions[index % 2], token: token)
                        return nil
                    } catch {
                        return (error as? PlatformError)?.code ?? .internalError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.filter { $0 == nil }.count == 1)
        #expect(codes.filter { $0 == .invitationUsed }.count == 9)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aWorkspaceKeepsAnOwner(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let owner = try await person(world, "dev@example.com")
        let principal = try #require(owner.session.principal)
        let (change, remove) = (ChangeRole(world.context), RemoveMember(world.context))
        #expect(
            await code { _ = try await change(principal, userID: owner.session.user.id, to: .member) } == .lastOwner
        )
        #expect(await code { try await remove(principal, userID: owner.session.user.id) } == .lastOwner)
        let (_, token) = try await invite(world, "new@example.com")
        let guest = try await person(world, "new@example.com")
        _ = try await AcceptInvitation(world.context)(guest.session, token: token)
        let member = try #require(try await AuthenticateSession(world.context)(guest.cookie).principal)
        #expect(
            await code { _ = try await change(member, userID: guest.session.user.id, to: .owner) } == .roleChangeDenied
        )
        #expect(await code { try await remove(member, userID: owner.session.user.id) } == .removeDenied)
        #expect(try await change(principal, userID: guest.session.user.id, to: .owner).role == .owner)
        // The first owner leaves by themselves, and their session acts for nobody any more.
        try await remove(principal, userID: owner.session.user.id)
        #expect(try await AuthenticateSession(world.context)(owner.cookie).principal == nil)
        #expect(await code { try await remove(member, userID: member.credentialID) } == .removeDenied)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func ofTwoOwnersWhoLeaveAtOnceOneStays(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let owner = try await person(world, "dev@example.com").session
        let (_, token) = try await invite(world, "new@example.com", role: .owner)
        let second = try await person(world, "new@example.com")
        _ = try await AcceptInvitation(world.context)(second.session, token: token)
        let other = try await AuthenticateSession(world.context)(second.cookie)
        let codes = await withTaskGroup(of: ErrorCode?.self) { group in
            for session in [owner, other] {
                group.addTask {
                    guard let principal = session.principal else { return .internalError }
                    do {
                        try await RemoveMember(world.context)(principal, userID: session.user.id)
                        return nil
                    } catch {
                        return (error as? PlatformError)?.code ?? .internalError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(codes) == [nil, .lastOwner])
        #expect(try await ListMembers(world.context)(workspaceID: world.workspace.id).count == 1)
    }
}
