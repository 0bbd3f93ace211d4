import NameService
import Platform
import SIPStack
import SIPWire
import TestSupport
import Testing

/// `dial` of SIP URIs whose host's records say where its servers are (RFC 3263).
@Suite(.timeLimit(.minutes(1))) struct DialLocatedTests {
    private static let uri = "sip:desk@pbx.example.com"
    private static let listed = ["pbx.example.com", "127.0.0.0/8"]

    private static func record(_ priority: Int, _ port: Int, _ target: String = "a.example.net") -> ServiceRecord {
        ServiceRecord(priority: priority, weight: 1, port: port, target: target)
    }

    private static func names(
        _ records: [ServiceRecord],
        _ hosts: [String: [String]] = ["a.example.net": ["127.0.0.1"]]
    ) -> FixedNames {
        FixedNames(services: ["_sip._udp.pbx.example.com": records], hosts: hosts)
    }

    @Test func theNextServerRingsWhenTheFirstIsSilent() async throws {
        let (silent, pbx) = (try await RawSIPPeer(), try await TestTrunk { $0.answer() })
        try await DialSIPTests.call(Self.uri, listed: Self.listed) { settings in
            settings.names = Self.names([Self.record(2, pbx.port), Self.record(1, silent.port)])
            settings.sip.timers.nextPlace = .milliseconds(300)
        } _: { world, phone, _ in
            let callee = try await pbx.nextCall()
            #expect(callee.request.uri.text == Self.uri)
            #expect(silent.requests.contains { $0.headers.callID == callee.request.headers.callID })
            try await phone.answered()
            phone.hangUp()
            _ = try await callee.ended()
        }
        await pbx.stop()
        await silent.stop()
    }

    /// One server in a private network, one port of the system, or a port that the list does not name is enough.
    @Test(arguments: [
        (["pbx.example.com", "127.0.0.0/8"], 5080, ["10.0.0.9"]),
        (["pbx.example.com", "127.0.0.0/8"], 25, ["127.0.0.1"]),
        (["pbx.example.com:5060", "127.0.0.0/8"], 5080, ["127.0.0.1"]), (["pbx.example.com"], 5080, ["127.0.0.1"]),
    ])
    func recordsThatLeadWhereNobodyMayCallAreRefused(listed: [String], port: Int, addresses: [String]) async throws {
        let pbx = try await TestTrunk { $0.answer() }
        try await DialSIPTests.call(Self.uri, listed: listed) { settings in
            settings.names = Self.names(
                [Self.record(1, pbx.port), Self.record(2, port, "b.example.net")],
                ["a.example.net": ["127.0.0.1"], "b.example.net": addresses]
            )
        } _: { world, phone, _ in
            try await phone.ended()
            let leg = try await world.ended(world.leg(of: world.inboundCall()))
            #expect(leg.hangupCause == .noRouteDestination)
            _ = try await world.entry("sip.host_refused", of: leg)
        }
        #expect(pbx.callCount == 0)
        await pbx.stop()
    }

    @Test func aTrunkWithoutAPortIsFoundByItsRecords() async throws {
        let (busy, pbx) = (
            try await RawSIPPeer { $0.method == .ack ? [] : [RawSIPPeer.response(503, to: $0)] },
            try await TestTrunk { $0.answer() }
        )
        try await VoiceWorld.run { settings in
            settings.names = Self.names([Self.record(1, busy.port), Self.record(2, pbx.port)])
        } _: { world in
            let trunk = try await AddTrunk(world.context)(
                name: "carrier",
                address: "pbx.example.com",
                transport: .udp,
                prefix: "+254",
                priority: 1
            )
            #expect(trunk.namedPort == nil && trunk.address == "pbx.example.com")
            let known = try await ListTrunks(world.context)()
            #expect(known == [trunk])
            let call = try await world.place()
            let phone = try await pbx.nextCall()
            #expect(phone.request.uri.text == "sip:\(VoiceWorld.callee)@pbx.example.com;user=phone")
            try await world.wait(for: .answered, of: call)
            #expect(busy.requests.first?.headers.callID == phone.request.headers.callID)
            phone.session.hangUp()
            _ = try await world.ended(call)
        }
        await pbx.stop()
        await busy.stop()
    }
}
