import NameService
import Primitives
import SIPStack
import TestSupport
import Testing

/// Where the servers of a host are (RFC 3263 section 4).
@Suite struct SIPLocatorTests {
    private static func service(_ priority: Int, _ port: Int, _ target: String) -> ServiceRecord {
        ServiceRecord(priority: priority, weight: 1, port: port, target: target)
    }

    private static func target(_ host: String, _ port: Int? = nil, _ transport: SIPTransport? = .udp) -> SIPTarget {
        SIPTarget(host: host, port: port, transport: transport)
    }

    private static func place(
        _ address: String,
        _ port: Int,
        _ transport: SIPTransport = .udp
    ) -> SIPPlace {
        SIPPlace(address: address, port: port, transport: transport)
    }

    private static func places(_ names: FixedNames, _ target: SIPTarget) async throws -> [SIPPlace] {
        var random = SplitMix64(seed: 1)
        return try await SIPLocator(names).places(of: target, using: &random)
    }

    @Test(arguments: [
        (target("192.0.2.1"), place("192.0.2.1", 5060)), (target("192.0.2.1", 5070), place("192.0.2.1", 5070)),
        (target("192.0.2.1", nil, .tls), place("192.0.2.1", 5061, .tls)),
        (target("2001:db8::1", nil, nil), place("2001:db8::1", 5060)),
        (
            SIPTarget(host: "pbx.test", port: nil, transport: .tcp, places: [place("192.0.2.9", 7, .tcp)]),
            place("192.0.2.9", 7, .tcp)
        ),
    ])
    func anAddressIsAskedOfNobody(target: SIPTarget, place: SIPPlace) async throws {
        let names = FixedNames()
        #expect(try await Self.places(names, target) == [place])
        #expect(names.asked.isEmpty)
    }

    @Test func aPortMeansTheHostItself() async throws {
        let names = FixedNames(
            services: ["_sip._udp.pbx.test": [Self.service(1, 5090, "other.test")]],
            hosts: ["pbx.test": ["192.0.2.1", "2001:db8::1"]]
        )
        let found = try await Self.places(names, Self.target("pbx.test", 5070))
        #expect(found == [Self.place("192.0.2.1", 5070), Self.place("2001:db8::1", 5070)])
        #expect(names.asked == ["pbx.test"])
    }

    @Test(arguments: [
        (SIPTransport.udp, "_sip._udp.pbx.test"), (.tcp, "_sip._tcp.pbx.test"), (.tls, "_sips._tcp.pbx.test"),
    ])
    func theTransportChoosesTheService(transport: SIPTransport, name: String) async throws {
        let names = FixedNames(
            services: [name: [Self.service(2, 5090, "b.test"), Self.service(1, 5080, "a.test")]],
            hosts: ["a.test": ["192.0.2.1", "192.0.2.2"], "b.test": ["192.0.2.3"]]
        )
        let found = try await Self.places(names, Self.target("pbx.test", nil, transport))
        #expect(
            found == [
                Self.place("192.0.2.1", 5080, transport), Self.place("192.0.2.2", 5080, transport),
                Self.place("192.0.2.3", 5090, transport),
            ]
        )
        #expect(names.asked == [name, "a.test", "b.test"])
    }

    /// Without a transport the services that there are decide (section 4.1), UDP first; without services it is UDP.
    @Test func withoutATransportTheServicesDecide() async throws {
        let tcp = FixedNames(
            services: ["_sip._tcp.pbx.test": [Self.service(1, 5080, "a.test")]],
            hosts: ["a.test": ["192.0.2.1"]]
        )
        #expect(try await Self.places(tcp, Self.target("pbx.test", nil, nil)) == [Self.place("192.0.2.1", 5080, .tcp)])
        let none = FixedNames(hosts: ["pbx.test": ["192.0.2.7"]])
        #expect(try await Self.places(none, Self.target("pbx.test", nil, nil)) == [Self.place("192.0.2.7", 5060)])
        #expect(none.asked == ["_sip._udp.pbx.test", "_sip._tcp.pbx.test", "pbx.test"])
    }

    @Test func withoutServicesItIsTheHostAtTheStandardPort() async throws {
        let names = FixedNames(hosts: ["pbx.test": ["192.0.2.7"]])
        let found = try await Self.places(names, Self.target("pbx.test", nil, .tls))
        #expect(found == [Self.place("192.0.2.7", 5061, .tls)])
    }

    @Test func whoCannotTellIfThereAreServicesIsAskedForTheHost() async throws {
        let names = FixedNames(hosts: ["pbx.test": ["192.0.2.7"]], broken: ["_sip._udp.pbx.test"])
        #expect(try await Self.places(names, Self.target("pbx.test")) == [Self.place("192.0.2.7", 5060)])
    }

    @Test func aServiceThatIsNotOfferedIsNotLookedForElsewhere() async throws {
        let names = FixedNames(
            services: ["_sip._udp.pbx.test": [Self.service(0, 0, "")]],
            hosts: ["pbx.test": ["192.0.2.7"]]
        )
        await #expect(throws: LocationFault.notOffered(host: "pbx.test")) {
            _ = try await Self.places(names, Self.target("pbx.test"))
        }
    }

    @Test func aServerThatIsNotFoundIsPassedOver() async throws {
        let services = [
            Self.service(1, 5080, "gone.test"), Self.service(2, 5080, "down.test"), Self.service(3, 5080, "a.test"),
        ]
        let names = FixedNames(
            services: ["_sip._udp.pbx.test": services],
            hosts: ["a.test": ["192.0.2.1"]],
            broken: ["down.test"]
        )
        #expect(try await Self.places(names, Self.target("pbx.test")) == [Self.place("192.0.2.1", 5080)])
    }

    @Test func whereNothingIsFoundTheFaultIsTold() async throws {
        await #expect(throws: LocationFault.noAddress(host: "pbx.test")) {
            _ = try await Self.places(FixedNames(), Self.target("pbx.test"))
        }
        await #expect(throws: NameFault.resolver("down")) {
            _ = try await Self.places(FixedNames(broken: ["pbx.test"]), Self.target("pbx.test", 5060))
        }
    }

    @Test func noMorePlacesAreTriedThanTheLimit() async throws {
        let records = (0..<30).map { Self.service($0, 5060 + $0, "a.test") }
        let names = FixedNames(
            services: ["_sip._udp.pbx.test": records],
            hosts: ["a.test": ["192.0.2.1", "192.0.2.2", "192.0.2.3"]]
        )
        #expect(try await Self.places(names, Self.target("pbx.test")).count == SIPLocator.mostPlaces)
    }
}
