import Database
import Platform
import Primitives
import TestSupport
import Testing

/// What SIP devices register with.
@Suite struct SIPCredentialTests {
    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    /// The example of RFC 2617 section 3.5, whose A1 every digest library agrees on.
    @Test func theHashIsTheOneOfTheRFC() {
        let secret = DigestSecret(username: "Mufasa", realm: "testrealm@host.com", password: "Circle Of Life")
        #expect(secret.md5 == "939e7578ed9e3c518a452acee763bce9")
        #expect(secret.sha256.count == 64)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aCredentialLivesAsLongAsItsNumber(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (manage, workspaceID) = (ManageSIPCredentials(world.context), world.workspace.id)
        let made = try await manage.create(number: World.number, workspaceID: workspaceID, label: "Reception")
        #expect(made.credential.realm == workspaceID.uuidString && made.password.count == 26)
        func expected(_ password: String) -> DigestSecret {
            DigestSecret(username: made.credential.username, realm: workspaceID.uuidString, password: password)
        }
        #expect(try await manage.digest(ofUsername: made.credential.username)?.secret == expected(made.password))
        let rotated = try await manage.rotate(made.credential.id, number: World.number, workspaceID: workspaceID)
        #expect(rotated.credential.username == made.credential.username && rotated.password != made.password)
        #expect(rotated.credential.rotatedAt == world.clock.now())
        #expect(try await manage.digest(ofUsername: made.credential.username)?.secret == expected(rotated.password))
        try await manage.revoke(made.credential.id, number: World.number, workspaceID: workspaceID)
        #expect(try await manage.digest(ofUsername: made.credential.username) == nil)
        let again = await code {
            try await manage.revoke(made.credential.id, number: World.number, workspaceID: workspaceID)
        }
        #expect(again == .credentialNotFound)
        let second = try await manage.create(number: World.number, workspaceID: workspaceID, label: "Desk")
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: workspaceID)
        #expect(try await manage.digest(ofUsername: second.credential.username) == nil)
        let stored = try await world.context.database.read { try $0.rows("SELECT * FROM sip_credentials") }
        let sealed = try stored.map { String(decoding: try $0.get("sealed_digest", as: [UInt8].self), as: UTF8.self) }
        #expect(!sealed.contains { $0.contains(rotated.password) || $0.contains(expected(rotated.password).md5) })
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func nobodyElsesAndNotTooMany(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (manage, workspaceID) = (ManageSIPCredentials(world.context), world.workspace.id)
        let made = try await manage.create(number: World.number, workspaceID: workspaceID, label: "1")
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        let theirs = await code { _ = try await manage.all(number: World.number, workspaceID: other.id) }
        #expect(theirs == .numberNotFound)
        let rotated = await code {
            _ = try await manage.rotate(made.credential.id, number: World.number, workspaceID: other.id)
        }
        #expect(rotated == .numberNotFound)
        for index in 2...20 {
            _ = try await manage.create(number: World.number, workspaceID: workspaceID, label: "\(index)")
        }
        let excess = await code {
            _ = try await manage.create(number: World.number, workspaceID: workspaceID, label: "21")
        }
        #expect(excess == .tooManyCredentials)
        #expect(try await manage.all(number: World.number, workspaceID: workspaceID).count == 20)
    }
}
