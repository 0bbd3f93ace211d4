import Crypto
import Database
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct AccessTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func keysAreKnownByTheirHashAndRevokedAtOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let authenticate = AuthenticateKey(world.context)
        let principal = try await authenticate(world.apiKey)
        #expect(principal.workspaceID == world.workspace.id && principal.scopes == Scope.all)
        #expect(world.apiKey.hasPrefix("tsk_live_") && world.apiKey.count == 41)
        let stored = try await world.context.database.read { try $0.rows("SELECT * FROM api_keys") }
        #expect(try stored.first?.get("display_prefix", as: String.self) == String(world.apiKey.prefix(13)))
        let second = try await CreateKey(world.context)(
            workspaceID: world.workspace.id,
            KeyWish(name: "CI", scopes: [.callsRead])
        )
        let restricted = try await authenticate(second.secret)
        #expect(restricted.scopes == [.callsRead])
        #expect(throws: PlatformError.self) { try restricted.require(.callsWrite) }
        try await RevokeKey(world.context)(workspaceID: world.workspace.id, keyID: second.key.id)
        let refusal = await #expect(throws: PlatformError.self) { try await authenticate(second.secret) }
        #expect(refusal?.code == .keyRevoked)
        let unknown = await #expect(throws: PlatformError.self) {
            try await authenticate("tsk_live_00000000000000000000000000000000")
        }
        #expect(unknown?.code == .keyInvalid)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func trunksAreTriedByPrefixThenPriority(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let add = AddTrunk(world.context)
        _ = try await add(name: "all", address: "127.0.0.1:5070", transport: .udp, prefix: "+", priority: 1)
        _ = try await add(name: "kenya b", address: "127.0.0.1:5071", transport: .tcp, prefix: "+254", priority: 20)
        _ = try await add(
            name: "kenya a",
            address: "[::1]:5072",
            transport: .udp,
            username: "acme",
            password: "s3cret",
            prefix: "+254",
            priority: 10
        )
        let trunks = try await ListTrunks(world.context).matching("+254712345678", workspaceID: world.workspace.id)
        #expect(trunks.map(\.name) == ["kenya a", "kenya b", "all"])
        #expect(trunks.first?.password == "s3cret" && trunks.first?.host == "::1")
        let others = try await ListTrunks(world.context).matching("+14155550100", workspaceID: world.workspace.id)
        #expect(others.map(\.name) == ["all"])
        let raw = try await world.context.database.read {
            try $0.rows("SELECT password FROM trunks WHERE username = 'acme'")
        }
        let sealed = try #require(try raw.first?.get("password", as: [UInt8].self))
        #expect(!String(decoding: sealed, as: UTF8.self).contains("s3cret"))
        for address in ["", "host:0", "host:65536", ":5060", "a b:5060", "a@b:5060"] {
            await #expect(throws: PlatformError.self) {
                try await add(name: "x", address: address, transport: .udp, prefix: "+", priority: 1)
            }
        }
        let located = try await add(name: "srv", address: "sip.example.net", transport: .udp, prefix: "+", priority: 1)
        #expect(located.host == "sip.example.net" && located.namedPort == nil)
        let taken = await #expect(throws: PlatformError.self) {
            try await add(name: "all", address: "127.0.0.1:5070", transport: .udp, prefix: "+", priority: 1)
        }
        #expect(taken?.code == .trunkExists)
    }

    @Test func linksAreSignedAndExpire() async throws {
        let world = try await World(.sqlite)
        let link = RecordingLink(world.context)
        let id = world.context.ids.next()
        let expiry = world.clock.now() + .seconds(3600)
        let path = link.path(of: id, expiresAt: expiry)
        let name = String(path.split(separator: "/")[2].prefix { $0 != "?" })
        let signature = String(path.suffix(64))
        let expires = "\(expiry.secondsSinceEpoch)"
        #expect(try link.verify(name: name, expires: expires, signature: signature, at: world.clock.now()) == id)
        #expect(throws: PlatformError.self) {
            try link.verify(name: name, expires: expires, signature: signature, at: expiry)
        }
        #expect(throws: PlatformError.self) {
            try link.verify(
                name: name,
                expires: "\(expiry.secondsSinceEpoch + 1)",
                signature: signature,
                at: world.clock.now()
            )
        }
        #expect(throws: PlatformError.self) {
            try link.verify(name: name, expires: expires, signature: "00", at: world.clock.now())
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theLastUseOfAKeyIsStoredNowAndThen(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let authenticate = AuthenticateKey(world.context)
        let first = world.clock.now()
        for _ in 0..<3 { _ = try await authenticate(world.apiKey) }
        #expect(try await Self.lastUse(world) == nil)
        try await authenticate.storeUses()
        #expect(try await Self.lastUse(world) == first)
        world.clock.advance(by: .seconds(3))
        _ = try await authenticate(world.apiKey)
        try await authenticate.storeUses()
        #expect(try await Self.lastUse(world) == first + .seconds(3))
        try await authenticate.storeUses()
        #expect(try await Self.lastUse(world) == first + .seconds(3))
    }

    private static func lastUse(_ world: World) async throws -> Timestamp? {
        let row = try await world.context.database.read { try $0.first("SELECT last_used_at FROM api_keys") }
        return try #require(row).get("last_used_at")
    }

    @Test func secretsOpenWithAnEarlierMasterKey() throws {
        let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
        let before = SecretBox(masterKey: old)
        let sealed = try before.seal("s3cret", context: "trunk:1")
        let after = SecretBox(masterKey: new, previous: [old])
        #expect(try after.open(sealed, context: "trunk:1") == "s3cret")
        #expect(after.isSignature(before.sign("link"), of: "link"))
        let sealedAgain = try after.seal("s3cret", context: "trunk:1")
        #expect(try SecretBox(masterKey: new).open(sealedAgain, context: "trunk:1") == "s3cret")
        #expect(throws: (any Error).self) { try before.open(sealedAgain, context: "trunk:1") }
        #expect(throws: (any Error).self) { try after.open([], context: "trunk:1") }
        #expect(!SecretBox(masterKey: new).isSignature(before.sign("link"), of: "link"))
    }

    @Test func secretsOpenOnlyInTheirPlace() throws {
        let box = SecretBox(masterKey: SymmetricKey(size: .bits256))
        let sealed = try box.seal("s3cret", context: "trunk:1")
        #expect(try box.open(sealed, context: "trunk:1") == "s3cret")
        #expect(throws: (any Error).self) { try box.open(sealed, context: "trunk:2") }
        #expect(throws: (any Error).self) {
            try SecretBox(masterKey: SymmetricKey(size: .bits256)).open(sealed, context: "trunk:1")
        }
    }
}
