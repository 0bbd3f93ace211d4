import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Which devices are registered, for the owner of a number.
@Suite struct RegistrationTests {
    private static let path = "/v1/numbers/+254200000001/registrations"

    private static func register(_ world: APIWorld, _ contacts: [ContactWish]) async throws -> SIPCredential {
        let made = try await ManageSIPCredentials(world.context).create(
            number: APIWorld.number,
            workspaceID: world.workspaceID,
            label: "Reception"
        )
        let place = DevicePlace(
            transport: .tls,
            address: "203.0.113.9",
            port: 41_822,
            nodeID: world.context.ids.next(),
            userAgent: "Example Phone 2.1"
        )
        _ = try await RegisterDevice(world.context)(
            made.credential.id,
            RegisterWish(callID: "one", number: 1, change: .contacts(contacts)),
            from: place
        )
        return made.credential
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anOwnerSeesWhoIsRegistered(_ engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        let credential = try await Self.register(
            world,
            [
                ContactWish(uri: "sips:desk;secret=1:pass%40word@192.168.1.20:5062;transport=tls?X-Token=abc"),
                ContactWish(uri: "sip:[2001:db8::9]:5070;ob", expires: .seconds(120)),
            ]
        )
        try await world.serving { client in
            let found = try await world.ask(client, .get, Self.path).json["data"]?.elements ?? []
            #expect(found.count == 2)
            #expect(
                Set(found.compactMap { $0["contact_host"]?.stringValue }) == [
                    "192.168.1.20:5062", "[2001:db8::9]:5070",
                ]
            )
            let first = try #require(found.first)
            #expect(first["username"] == .string(credential.username) && first["label"] == "Reception")
            #expect(first["credential_id"] == .string(credential.id.uuidString))
            #expect(first["transport"] == "tls" && first["address"] == "203.0.113.9" && first["port"] == 41_822)
            #expect(first["user_agent"] == "Example Phone 2.1")
            #expect(first["registered_at"]?.stringValue == world.clock.now().rfc3339)
            #expect(first["expires_at"]?.stringValue == (world.clock.now() + .seconds(3600)).rfc3339)
            #expect(
                !found.contains { $0.text.contains("pass") || $0.text.contains("abc") || $0.text.contains("secret") }
            )
            // What has expired is not there.
            world.clock.advance(by: .seconds(121))
            #expect(try await world.ask(client, .get, Self.path).json["data"]?.elements.count == 1)
            _ = try await ManageSIPCredentials(world.context).revoke(
                credential.id,
                number: APIWorld.number,
                workspaceID: world.workspaceID
            )
            #expect(try await world.ask(client, .get, Self.path).json["data"]?.elements.isEmpty == true)
        }
    }

    @Test func nobodyElseSeesThem() async throws {
        let world = try await APIWorld(.sqlite)
        try await world.claimNumber()
        _ = try await Self.register(world, [ContactWish(uri: "sip:desk@192.168.1.20")])
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
        try await world.serving { client in
            let theirs = try await world.ask(client, .get, Self.path, key: other.apiKey)
            #expect(theirs.status == 404)
        }
    }
}
