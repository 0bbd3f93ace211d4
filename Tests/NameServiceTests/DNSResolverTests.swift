import NameService
import TestSupport
import Testing

/// The C library's resolver against a name server that nobody here wrote.
@Suite(.timeLimit(.minutes(1))) struct DNSResolverTests {
    private static let records = """
        _sip._udp 60 SRV 10 70 5060 a
        _sip._udp 60 SRV 10 30 5062 b
        _sip._udp 60 SRV 20 0 5064 c
        _sip._tcp 60 SRV 0 0 0 .
        _sips._tcp CNAME elsewhere
        elsewhere SRV 1 1 5061 a
        a A 127.0.0.1
        a A 127.0.0.2
        a AAAA ::1
        b A 127.0.0.3
        c A 127.0.0.4
        empty TXT "nothing to call"
        """ + (0..<40).map { "\n_many._udp SRV \($0) 0 5060 host-with-a-long-name-number-\($0)" }.joined()

    private static func run(_ body: (DNSResolver) async throws -> Void) async throws {
        let server = try await NameServerProgram(records)
        let resolver = DNSResolver(servers: [try #require(NameServer(parsing: server.address))])
        let result: Result<Void, any Error>
        do { result = .success(try await body(resolver)) } catch { result = .failure(error) }
        await resolver.shutDown()
        withExtendedLifetime(server) {}
        try result.get()
    }

    private static func name(_ text: String) -> String { "\(text).\(NameServerProgram.zone)" }

    @Test func servicesAreFound() async throws {
        try await Self.run { (resolver: DNSResolver) async throws in
            let found = try await resolver.services(of: Self.name("_sip._udp"))
            #expect(
                Set(found) == [
                    ServiceRecord(priority: 10, weight: 70, port: 5060, target: Self.name("a")),
                    ServiceRecord(priority: 10, weight: 30, port: 5062, target: Self.name("b")),
                    ServiceRecord(priority: 20, weight: 0, port: 5064, target: Self.name("c")),
                ]
            )
            let refused = try await resolver.services(of: Self.name("_sip._tcp"))
            #expect(refused.map(\.target) == [""])
            let alias = try await resolver.services(of: Self.name("_SIPS._tcp"))
            #expect(alias.map(\.port) == [5061])
        }
    }

    /// What there is none of is an answer, not a failure.
    @Test func whatIsNotThereIsNone() async throws {
        try await Self.run { (resolver: DNSResolver) async throws in
            for name in ["_sip._udp.a", "empty"] {
                #expect(try await resolver.services(of: Self.name(name)).isEmpty)
            }
            #expect(try await resolver.addresses(of: Self.name("nobody")).isEmpty)
            #expect(try await resolver.addresses(of: Self.name("empty")).isEmpty)
        }
    }

    @Test func addressesOfBothFamiliesAreFound() async throws {
        try await Self.run { (resolver: DNSResolver) async throws in
            let found = try await resolver.addresses(of: Self.name("a"))
            #expect(Set(found).isSuperset(of: ["127.0.0.1", "127.0.0.2"]))
            #expect(Set(found).isSubset(of: ["127.0.0.1", "127.0.0.2", "::1"]))
            #expect(try await resolver.addresses(of: Self.name("b")) == ["127.0.0.3"])
        }
    }

    /// An answer that does not fit into a datagram comes by TCP.
    @Test func largeAnswersAreReadUpToTheLimit() async throws {
        try await Self.run { (resolver: DNSResolver) async throws in
            #expect(try await resolver.services(of: Self.name("_many._udp")).count == 32)
        }
    }

    @Test func whoDoesNotAnswerIsAFault() async throws {
        let silent = try #require(NameServer(parsing: "127.0.0.1:\(FreePort.any())"))
        let resolver = DNSResolver(servers: [silent], limit: .milliseconds(200))
        await #expect(throws: NameFault.self) { _ = try await resolver.services(of: Self.name("_sip._udp")) }
        await #expect(throws: NameFault.self) { _ = try await resolver.addresses(of: Self.name("a")) }
        await resolver.shutDown()
    }

    /// The system's own names go on being known.
    @Test func theHostsFileIsRead() async throws {
        #expect(try await DNSResolver.system.addresses(of: "localhost").contains("127.0.0.1"))
    }
}
