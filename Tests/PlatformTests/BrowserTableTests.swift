import Database
import Platform
import Primitives
import TestSupport
import Testing

/// Browsers as other nodes than their own know them.
@Suite struct BrowserTableTests {
    private struct Office {
        let world: World
        let (node, other): (Identifier, Identifier)

        init(_ engine: TestDatabase.Engine) async throws {
            world = try await World(engine)
            (node, other) = (world.context.ids.next(), world.context.ids.next())
            try await RecordHeartbeat(world.context)(nodeID: node, at: NodePlace(address: "192.0.2.1", port: 5060))
            try await RecordHeartbeat(world.context)(nodeID: other)
        }

        var find: FindBrowsers { FindBrowsers(world.context, elsewhereThan: other, limit: 2) }

        /// A contact of a connection of its own, as the registrar makes it.
        func contact(seconds: Int = 600) throws -> Registration {
            var bindings = Bindings([], limits: world.context.settings.registrations)
            let wish = ContactWish(uri: "sip:x@y.invalid;transport=ws", expires: .seconds(seconds))
            let id = world.context.ids.next()
            let place = DevicePlace(transport: .wss, address: "192.0.2.7", port: 40_000, nodeID: node, userAgent: nil)
            try bindings.apply(
                RegisterWish(callID: "one", number: 1, change: .contacts([wish])),
                of: id,
                from: place,
                at: world.clock.now()
            ) { world.context.ids.next() }
            return try #require(bindings.all.first)
        }

        func token(_ identity: String? = nil, number: String? = nil) -> SIPToken {
            SIPToken(
                workspaceID: world.workspace.id,
                identity: identity,
                number: number,
                issuedAt: world.clock.now(),
                lifetime: .seconds(300)
            )
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theyAreFoundByNumberAndByName(engine: TestDatabase.Engine) async throws {
        let office = try await Office(engine)
        let (keep, workspace) = (KeepBrowsers(office.world.context), office.world.workspace.id)
        let (anna, bound) = (try office.contact(), try office.contact())
        try await keep.put(anna, of: office.token("anna"))
        try await keep.put(bound, of: office.token("ben", number: "+254200000009"))
        func ringing(_ number: String) async throws -> [Identifier] {
            try await office.find.ringing(number, of: workspace).map(\.id)
        }
        #expect(try await ringing(World.number) == [anna.credentialID])
        #expect(try await ringing("+254200000009") == [anna.credentialID, bound.credentialID])
        let ben = try await office.find.named("ben", of: workspace)
        #expect(ben.map(\.contact) == [bound.contact] && ben.map(\.place) == [bound.place])
        // Another workspace's, and the node's own, which it knows from its memory.
        #expect(try await office.find.named("ben", of: office.node).isEmpty)
        let own = FindBrowsers(office.world.context, elsewhereThan: office.node, limit: 2)
        #expect(try await own.ringing(World.number, of: workspace).isEmpty)
        try await keep.put(try office.contact(), of: office.token("anna"))
        #expect(try await ringing("+254200000009").count == 2)
        try await keep.remove(bound.credentialID)
        #expect(try await office.find.named("ben", of: workspace).isEmpty)
    }

    /// As long as they are registered and their token holds, whichever is shorter.
    @Test(arguments: TestDatabase.Engine.allCases)
    func theyEnd(engine: TestDatabase.Engine) async throws {
        let office = try await Office(engine)
        let (keep, workspace) = (KeepBrowsers(office.world.context), office.world.workspace.id)
        let (long, brief) = (try office.contact(), try office.contact(seconds: 120))
        try await keep.put(long, of: office.token("long"))
        try await keep.put(brief, of: office.token("brief"))
        func reachable(_ name: String) async throws -> Bool {
            try await !office.find.named(name, of: workspace).isEmpty
        }
        office.world.clock.advance(by: .seconds(119))
        #expect(try await reachable("brief"))
        office.world.clock.advance(by: .seconds(1))
        let known = [try await reachable("brief"), try await reachable("long")]
        #expect(known == [false, true])
        #expect(try await KeepRegistrations(office.world.context).purge() == 1)
        try await keep.put(long, of: office.token("long"))
        office.world.clock.advance(by: .seconds(180))
        #expect(try await reachable("long"))
        office.world.clock.advance(by: .seconds(120))
        #expect(try await !reachable("long"))
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func thoseOfDeadNodesAreForgotten(engine: TestDatabase.Engine) async throws {
        let office = try await Office(engine)
        let context = office.world.context
        try await KeepBrowsers(context).put(try office.contact(), of: office.token("anna"))
        let places = try await FindNodes(context).places()
        #expect(places == [office.node: NodePlace(address: "192.0.2.1", port: 5060)])
        _ = try await KeepRegistrations(context).adopt(nodeID: office.other)
        #expect(try await office.find.named("anna", of: office.world.workspace.id).count == 1)
        office.world.clock.advance(by: .seconds(6))
        try await RecordHeartbeat(context)(nodeID: office.other)
        #expect(try await FindNodes(context).places().isEmpty)
        _ = try await KeepRegistrations(context).adopt(nodeID: office.other)
        #expect(try await office.find.named("anna", of: office.world.workspace.id).isEmpty)
    }
}
