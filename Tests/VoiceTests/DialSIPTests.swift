import MediaEngine
import NameService
import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// `dial` of SIP URIs: whom the operator has listed rings and talks; nobody else is ever sent a packet.
@Suite(.timeLimit(.minutes(1))) struct DialSIPTests {
    private static let host = "pbx.example.com"

    /// What a PBX at `port` of this machine is called.
    private static func uri(_ port: Int, _ rest: String = "") -> String { "sip:desk@\(host):\(port)\(rest)" }

    /// A node that lets URIs call `entries`, and a phone that calls the number whose server dials `uri`.
    static func call(
        _ uri: String,
        listed entries: [String],
        hosts: [String] = ["127.0.0.1"],
        services: [String: [ServiceRecord]] = [:],
        settings more: (inout VoiceWorld.Settings) -> Void = { _ in },
        _ body: (VoiceWorld, CallingPhone, VoiceServer) async throws -> Void
    ) async throws {
        let dial = DialAction(.sip(uri), timeout: .seconds(10), action: "/after")
        let document = VoiceServer.Answer.actions(.dial(dial))
        let server = try await VoiceServer { asked, _ in
            asked.path == "/after" ? .actions(.hangup) : document
        }
        let carrier = try await TestTrunk { _ in }
        func change(_ settings: inout VoiceWorld.Settings) {
            settings.platform.sipDestinations = SIPAllowList(entries.compactMap { SIPAllowEntry(parsing: $0) })
            settings.platform.prices.sipPerMinuteMinor = 60
            settings.names = FixedNames(services: services, hosts: [Self.host: hosts])
            more(&settings)
        }
        try await InboundTests.call(server, over: carrier, node: change) { world, phone, _ in
            try await body(world, phone, server)
        }
        #expect(carrier.callCount == 0, "a URI never goes over a trunk")
    }

    @Test func whoIsOnTheListRingsAndTalks() async throws {
        let pbx = try await TestTrunk { $0.answer() }
        let uri = Self.uri(pbx.port)
        try await Self.call(uri, listed: ["\(Self.host):\(pbx.port)", "127.0.0.0/8"]) { world, phone, server in
            let callee = try await pbx.nextCall()
            #expect(callee.request.uri.text == uri && callee.request.headers.to?.uri.text == uri)
            #expect(callee.request.headers.from?.uri.user == VoiceWorld.number)
            #expect(callee.request.headers[.pAssertedIdentity] == nil)
            try await phone.answered()
            let inbound = try await world.inboundCall()
            try await world.entry("flow.connected", of: inbound)
            try await phone.talks(with: callee)
            world.clock.advance(by: .seconds(30))
            callee.session.hangUp()
            try await phone.ended()
            let leg = try await world.ended(world.leg(of: inbound))
            #expect(leg.to == uri && leg.from == VoiceWorld.number && leg.costMinor == 30)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "completed")
        }
        await pbx.stop()
    }

    @Test func theTransportIsTheOneThatTheURINames() async throws {
        let pbx = try await TestTrunk { $0.answer() }
        let uri = Self.uri(pbx.port, ";transport=tcp")
        try await Self.call(uri, listed: ["*.example.com:\(pbx.port)", "127.0.0.1"]) { world, phone, _ in
            let callee = try await pbx.nextCall()
            #expect(callee.request.headers.topVia?.transport == "TCP" && callee.request.uri.text == uri)
            try await phone.answered()
            phone.hangUp()
            guard case .ended(.remoteBye) = try await callee.ended() else {
                Issue.record("the PBX was not told of the end")
                return
            }
        }
        await pbx.stop()
    }

    /// A Contact that leads into a private network is not followed: what belongs to the call goes where the INVITE went.
    @Test func whatTheAnswerNamesIsNotFollowedIntoPrivateNetworks() async throws {
        var configuration = VoiceWorld.Settings().sip
        configuration.advertisedHost = "10.255.255.1"
        let pbx = try await TestTrunk(configuration) { $0.answer() }
        let listed = ["\(Self.host):\(pbx.port)", "127.0.0.0/8"]
        try await Self.call(Self.uri(pbx.port), listed: listed) { world, phone, _ in
            let callee = try await pbx.nextCall()
            try await phone.answered()
            phone.hangUp()
            guard case .ended(.remoteBye) = try await callee.ended() else {
                Issue.record("the BYE went elsewhere")
                return
            }
        }
        await pbx.stop()
    }

    @Test func whoIsNotOnTheListIsNotCalled() async throws {
        let pbx = try await TestTrunk { $0.answer() }
        try await Self.call(Self.uri(pbx.port), listed: [Self.host, "127.0.0.0/8"]) { world, phone, server in
            try await phone.ended()
            let inbound = try await world.inboundCall()
            let refused = try await world.entry("flow.dial_refused", of: inbound).details
            #expect(refused["code"] == "calls.sip_not_allowed" && refused["sip"]?.stringValue == Self.uri(pbx.port))
            #expect(try await world.legs(of: inbound).isEmpty)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "failed")
        }
        #expect(pbx.callCount == 0)
        await pbx.stop()
    }

    /// One private address among several is enough: which one would be called must not matter.
    @Test(arguments: [["10.0.0.9"], ["127.0.0.1", "10.0.0.9"], ["::1"], []])
    func aNameThatLeadsIntoAPrivateNetworkIsNotCalled(addresses: [String]) async throws {
        let pbx = try await TestTrunk { $0.answer() }
        let listed = ["\(Self.host):\(pbx.port)", "127.0.0.0/8"]
        try await Self.call(Self.uri(pbx.port), listed: listed, hosts: addresses) { world, phone, server in
            try await phone.ended()
            let leg = try await world.ended(world.leg(of: world.inboundCall()))
            #expect(leg.hangupCause == .noRouteDestination && leg.costMinor == 0)
            let reason = try await world.entry("sip.host_refused", of: leg).details["reason"]?.stringValue
            #expect(reason?.isEmpty == false)
            let after = try #require(server.all.first { $0.path == "/after" })
            #expect(after.fields["DialCallStatus"] == "failed")
        }
        #expect(pbx.callCount == 0)
        await pbx.stop()
    }

    @Test(arguments: [";maddr=127.0.0.1", ";lr", "?Route=%3Csip:127.0.0.1%3E", ";transport=udp;lr"])
    func aURIThatWouldChangeTheRequestIsNoAction(rest: String) async throws {
        let pbx = try await TestTrunk { $0.answer() }
        let listed = ["\(Self.host):\(pbx.port)", "127.0.0.0/8"]
        try await Self.call(Self.uri(pbx.port, rest), listed: listed) { world, phone, _ in
            try await phone.ended()
            let inbound = try await world.inboundCall()
            let callback = try await Waiting.until {
                try await world.read(inbound).timeline.first { $0.payload.text.contains("actions[0].dial.sip") }
            }
            #expect(callback.payload.text.contains("'sip'"))
            #expect(try await world.kinds(inbound).contains("flow.failed"))
            #expect(try await world.legs(of: inbound).isEmpty)
        }
        #expect(pbx.callCount == 0)
        await pbx.stop()
    }
}
