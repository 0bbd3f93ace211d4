import Database
import Platform
import Primitives
import TestSupport
import Testing

/// Where devices can be reached, and what a REGISTER makes of it (RFC 3261 section 10.3).
@Suite struct RegistrationTests {
    private struct Device {
        let world: World
        let credential: SIPCredential
        let node: Identifier

        init(_ engine: TestDatabase.Engine, change: (inout PlatformSettings) -> Void = { _ in }) async throws {
            world = try await World(engine, change: change)
            credential = try await ManageSIPCredentials(world.context).create(
                number: World.number,
                workspaceID: world.workspace.id,
                label: "Desk"
            ).credential
            node = world.context.ids.next()
            try await RecordHeartbeat(world.context)(nodeID: node)
        }

        func place(_ transport: DeviceTransport = .udp, port: Int = 5062) -> DevicePlace {
            DevicePlace(transport: transport, address: "192.0.2.7", port: port, nodeID: node, userAgent: "phone 1.0")
        }

        @discardableResult
        func register(
            _ change: RegisterWish.Change,
            callID: String = "one",
            number: Int64,
            from place: DevicePlace? = nil
        ) async throws -> [Registration] {
            try await RegisterDevice(world.context)(
                credential.id,
                RegisterWish(callID: callID, number: number, change: change),
                from: place ?? self.place()
            )
        }

        func refusal(_ body: () async throws -> Void) async -> RegisterRefusal? {
            await #expect(throws: RegisterRefusal.self) { try await body() }
        }

        func reachable() async throws -> [String] {
            try await FindDevices(world.context).of(numberID: credential.numberID).map(\.contact)
        }
    }

    private static func contact(_ name: String, seconds: Int? = nil, q: Int = 1000) -> ContactWish {
        ContactWish(uri: "sip:\(name)@192.0.2.7:5062", expires: seconds.map { .seconds($0) }, priority: q)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func contactsComeAreRefreshedAndGo(engine: TestDatabase.Engine) async throws {
        let device = try await Device(engine)
        let clock = device.world.clock
        let first = try await device.register(.contacts([Self.contact("a"), Self.contact("b", q: 500)]), number: 1)
        #expect(first.count == 2 && first.allSatisfy { $0.expiresAt == clock.now() + .seconds(3600) })
        #expect(first.allSatisfy { $0.place == device.place() })
        clock.advance(by: .seconds(1800))
        let second = try await device.register(.contacts([Self.contact("a", seconds: 9999)]), number: 2)
        #expect(Set(second.map(\.id)) == Set(first.map(\.id)))
        #expect(second.first { $0.contact.contains("a@") }?.expiresAt == clock.now() + .seconds(7200))
        // The preferred one first.
        #expect(try await device.reachable() == ["sip:a@192.0.2.7:5062", "sip:b@192.0.2.7:5062"])
        #expect(try await device.register(.none, number: 3).count == 2)
        clock.advance(by: .seconds(1801))
        #expect(try await device.reachable() == ["sip:a@192.0.2.7:5062"])
        #expect(try await device.register(.contacts([Self.contact("a", seconds: 0)]), number: 4).isEmpty)
        #expect(try await device.reachable() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRequestIsAppliedWholeOrNotAtAll(engine: TestDatabase.Engine) async throws {
        let device = try await Device(engine)
        try await device.register(.contacts([Self.contact("a")]), number: 5)
        let brief = await device.refusal {
            try await device.register(.contacts([Self.contact("b"), Self.contact("a", seconds: 59)]), number: 6)
        }
        #expect(brief == .tooBrief(minimum: .seconds(60)))
        let late = await device.refusal {
            try await device.register(.contacts([Self.contact("b"), Self.contact("a")]), number: 5)
        }
        #expect(late == .outOfOrder)
        let lateRemoval = await device.refusal { try await device.register(.removeAll, number: 4) }
        #expect(lateRemoval == .outOfOrder)
        #expect(try await device.reachable() == ["sip:a@192.0.2.7:5062"])
        // A device that was started again counts from one, under another Call-ID.
        #expect(try await device.register(.contacts([Self.contact("a")]), callID: "two", number: 1).count == 1)
        #expect(try await device.register(.removeAll, callID: "three", number: 1).isEmpty)
    }

    @Test func thereIsALimitOfContacts() async throws {
        let device = try await Device(.sqlite)
        for number in 1...10 {
            try await device.register(.contacts([Self.contact("c\(number)")]), number: Int64(number))
        }
        let refusal = await device.refusal { try await device.register(.contacts([Self.contact("c11")]), number: 11) }
        #expect(refusal == .tooMany)
        try await device.register(.contacts([Self.contact("c1")]), number: 12)
        try await device.register(.contacts([Self.contact("c1", seconds: 0), Self.contact("c11")]), number: 13)
        #expect(try await device.reachable().count == 10)
    }

    /// RFC 5626 section 6: a device whose address changed takes the place of itself, and may have several ways.
    @Test func aDeviceIsKnownByItsInstance() async throws {
        let device = try await Device(.sqlite)
        func wish(_ port: Int, flow: Int) -> ContactWish {
            ContactWish(uri: "sip:a@192.0.2.7:\(port)", instance: "<urn:uuid:1>", flowNumber: flow, usesFlow: true)
        }
        let first = try await device.register(.contacts([wish(1000, flow: 1)]), number: 1)
        let moved = try await device.register(.contacts([wish(2000, flow: 1)]), callID: "two", number: 1)
        #expect(moved.map(\.id) == first.map(\.id) && moved.first?.contact == "sip:a@192.0.2.7:2000")
        #expect(try await device.register(.contacts([wish(3000, flow: 2)]), callID: "three", number: 1).count == 2)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatANodeHeldIsTakenOverOrForgotten(engine: TestDatabase.Engine) async throws {
        let device = try await Device(engine)
        let keep = KeepRegistrations(device.world.context)
        try await device.register(.contacts([Self.contact("udp")]), number: 1)
        try await device.register(.contacts([Self.contact("tcp")]), number: 2, from: device.place(.tcp, port: 40_000))
        let other = device.world.context.ids.next()
        #expect(try await keep.adopt(nodeID: other).isEmpty)
        device.world.clock.advance(by: .seconds(6))
        try await RecordHeartbeat(device.world.context)(nodeID: other)
        let adopted = try await keep.adopt(nodeID: other)
        #expect(adopted.map(\.place.nodeID) == [other])
        #expect(try await device.reachable() == ["sip:udp@192.0.2.7:5062"])
        // What has been adopted is not removed by the one who had it before.
        try await keep.drop(try #require(try await device.register(.none, number: 3).first))
        #expect(try await device.reachable().isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsOldOrRevokedRingsNoMore(engine: TestDatabase.Engine) async throws {
        let device = try await Device(engine)
        let context = device.world.context
        try await device.register(.contacts([Self.contact("a", seconds: 60)]), number: 1)
        #expect(try await KeepRegistrations(context).purge() == 0)
        device.world.clock.advance(by: .seconds(60))
        #expect(try await KeepRegistrations(context).purge() == 1)
        try await device.register(.contacts([Self.contact("a")]), number: 2)
        try await ManageSIPCredentials(context).revoke(
            device.credential.id,
            number: World.number,
            workspaceID: device.world.workspace.id
        )
        #expect(try await device.reachable().isEmpty)
        let gone = await device.refusal { try await device.register(.contacts([Self.contact("a")]), number: 3) }
        #expect(gone == .gone)
    }
}
