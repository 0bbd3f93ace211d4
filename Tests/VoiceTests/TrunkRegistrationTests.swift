import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Trunks that send calls only to where we have registered.
@Suite(.timeLimit(.minutes(1))) struct TrunkRegistrationTests {
    /// A registrar that sees us at another port than we think, wants a password, and at least ten minutes.
    private static func registrar(seenPort: Int? = nil) async throws -> RawSIPPeer {
        try await RawSIPPeer { request in
            guard request.method == .register else { return [RawSIPPeer.response(200, to: request)] }
            var response = request.response(200, toTag: "registrar")
            if let seenPort, var via = response.headers.topVia {
                via.parameters.set("received", "127.0.0.1")
                via.parameters.set("rport", "\(seenPort)")
                response.headers.replaceTopVia(via)
            }
            guard request.headers[.authorization] != nil else {
                response.status = 401
                response.headers.add(.wwwAuthenticate, #"Digest realm="ke", nonce="n1", qop="auth", algorithm=MD5"#)
                return [response.bytes]
            }
            for contact in request.headers.list(.contact) where !contact.hasSuffix("expires=0") {
                response.headers.add(.contact, contact)
            }
            return [response.bytes]
        }
    }

    private static func add(_ world: VoiceWorld, _ port: Int) async throws -> Trunk {
        try await AddTrunk(world.context)(
            name: "carrier",
            address: "127.0.0.1:\(port)",
            transport: .udp,
            username: "acme",
            password: "s3cret",
            prefix: "+254",
            priority: 1,
            registers: true
        )
    }

    private static func registered(_ world: VoiceWorld) async throws -> TrunkRegistration {
        try await Waiting.until {
            try await ListTrunks(world.context).registrations().first { $0.status == .registered }
        }
    }

    @Test func weRegisterAndLeaveWhenTheNodeStops() async throws {
        let trunk = try await Self.registrar()
        try await VoiceWorld.run { world in
            _ = try await Self.add(world, trunk.port)
            let registration = try await Self.registered(world)
            #expect(registration.address == "127.0.0.1" && registration.sipStatus == 200)
            #expect(registration.expiresAt == world.clock.now() + .seconds(3600))
            let requests = trunk.requests
            #expect(Set(requests.compactMap(\.headers.callID)).count == 1)
            #expect(requests.compactMap { $0.headers.cseq?.number } == [1, 2])
            let contact = try #require(requests.last?.headers.contact)
            #expect(contact.uri.port == world.port && contact.uri.user == registration.token)
            #expect(requests.last?.headers.to?.uri.user == "acme")
        }
        let last = try #require(trunk.requests.last)
        #expect(last.headers[.contact]?.hasSuffix("expires=0") == true)
        await trunk.stop()
    }

    @Test func behindNATWeRegisterWhereWeAreSeen() async throws {
        let trunk = try await Self.registrar(seenPort: 40_001)
        try await VoiceWorld.run { world in
            _ = try await Self.add(world, trunk.port)
            _ = try await Self.registered(world)
            let contacts = try #require(trunk.requests.last { $0.headers[.authorization] != nil }).headers.list(
                .contact
            )
            let places = contacts.compactMap { NameAddress($0)?.uri.port }
            #expect(places == [40_001, world.port] && contacts.last?.hasSuffix("expires=0") == true)
        }
        await trunk.stop()
    }

    @Test func aRefusalIsToldAndOnlyOneNodeRegisters() async throws {
        let trunk = try await RawSIPPeer { [RawSIPPeer.response(403, to: $0)] }
        try await VoiceWorld.run { world in
            let added = try await Self.add(world, trunk.port)
            let failed = try await Waiting.until {
                try await ListTrunks(world.context).registrations().first { $0.status == .failed }
            }
            #expect(failed.sipStatus == 403 && failed.trunkID == added.id)
            let other = world.context.ids.next()
            #expect(try await LeaseTrunks(world.context)(nodeID: other).isEmpty)
            world.clock.advance(by: .seconds(31))
            #expect(try await LeaseTrunks(world.context)(nodeID: other).map(\.trunk.id) == [added.id])
        }
        await trunk.stop()
    }

    /// Its calls come to the contact that only it was told; the number is in To.
    @Test func callsToOurContactAreTheTrunks() async throws {
        let trunk = try await Self.registrar()
        let server = try await VoiceServer { _, _ in .actions(.reject(.busy)) }
        let carrier = try await TestTrunk { _ in }
        try await VoiceWorld.run { world in
            _ = try await Self.add(world, trunk.port)
            let registration = try await Self.registered(world)
            let url = server.url()
            try await world.route { $0.voiceCallbackURL = url }
            let right = try carrier.call(
                registration.token,
                from: "+254722000111",
                port: world.port,
                to: VoiceWorld.number
            )
            #expect(try await right.refusal() == 486)
            let wrong = try carrier.call("t0123", from: "+254722000111", port: world.port, to: VoiceWorld.number)
            #expect(try await wrong.refusal() == 403)
        }
        for peer in [trunk] { await peer.stop() }
        await carrier.stop()
    }
}
