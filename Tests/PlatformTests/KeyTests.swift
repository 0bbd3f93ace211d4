import Database
import Platform
import Primitives
import TestSupport
import Testing

/// Keys: what they may do, from where, until when, and how they are replaced.
@Suite struct KeyTests {
    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aKeyWorksFromItsAddressesUntilItsEnd(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let networks = ["192.0.2.0/24", "2001:db8::/32"].compactMap { IPNetwork(parsing: $0) }
        let wish = KeyWish(
            name: "office",
            scopes: [.callsRead],
            expiresAt: world.clock.now() + .seconds(3600),
            allowedNetworks: networks
        )
        let created = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
        #expect(created.key.allowedNetworks == networks && created.key.scopes == [.callsRead])
        let authenticate = AuthenticateKey(world.context)
        for address in ["192.0.2.7", "2001:db8::1"] {
            _ = try await authenticate(created.secret, from: IPAddress(parsing: address))
        }
        for address in [IPAddress(parsing: "198.51.100.1"), IPAddress(parsing: "2001:db9::1"), nil] {
            #expect(await code { _ = try await authenticate(created.secret, from: address) } == .keyAddressDenied)
        }
        world.clock.advance(by: .seconds(3600))
        let inside = IPAddress(parsing: "192.0.2.7")
        #expect(await code { _ = try await authenticate(created.secret, from: inside) } == .keyExpired)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRotatedKeyWorksOnForAWhile(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let old = try await CreateKey(world.context)(
            workspaceID: world.workspace.id,
            KeyWish(name: "server", scopes: [.callsRead, .callsWrite])
        )
        let authenticate = AuthenticateKey(world.context)
        _ = try await authenticate(old.secret)
        let rotate = RotateKey(world.context)
        let new = try await rotate(
            old.key.id,
            workspaceID: world.workspace.id,
            overlap: .seconds(60),
            createdBy: nil,
            limit: Scope.all
        )
        #expect(new.key.scopes == old.key.scopes && new.key.name == "server" && new.secret != old.secret)
        _ = try await (authenticate(old.secret), authenticate(new.secret))
        world.clock.advance(by: .seconds(60))
        #expect(await code { _ = try await authenticate(old.secret) } == .keyExpired)
        _ = try await authenticate(new.secret)
        let late = await code {
            _ = try await rotate(
                old.key.id,
                workspaceID: world.workspace.id,
                overlap: .zero,
                createdBy: nil,
                limit: Scope.all
            )
        }
        #expect(late == .keyNotActive)
        let tooMuch = await code {
            _ = try await rotate(
                new.key.id,
                workspaceID: world.workspace.id,
                overlap: .zero,
                createdBy: nil,
                limit: [.callsRead]
            )
        }
        #expect(tooMuch == .scopeDenied)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func nobodyMakesAKeyThatMayDoMore(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let create = CreateKey(world.context)
        let refused = await code {
            _ = try await create(workspaceID: world.workspace.id, KeyWish(name: "more"), limit: Role.member.scopes)
        }
        #expect(refused == .scopeDenied)
        let wish = KeyWish(name: "as much", scopes: Role.member.scopes)
        _ = try await create(workspaceID: world.workspace.id, wish, limit: Role.member.scopes)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func keysAreOneWorkspacesOwn(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
        let manage = ManageKeys(world.context)
        let id = try #require(try await manage.all(workspaceID: world.workspace.id).first?.id)
        #expect(await code { _ = try await manage.one(id, workspaceID: other.workspace.id) } == .keyNotFound)
        let revoke = RevokeKey(world.context)
        #expect(await code { try await revoke(workspaceID: other.workspace.id, keyID: id) } == .keyNotFound)
        #expect(try await manage.change(id, workspaceID: world.workspace.id, name: "ours").name == "ours")
        try await revoke(workspaceID: world.workspace.id, keyID: id)
        #expect(await code { try await revoke(workspaceID: world.workspace.id, keyID: id) } == .keyAlreadyRevoked)
    }
}
