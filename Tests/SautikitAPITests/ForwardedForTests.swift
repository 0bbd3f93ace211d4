import Primitives
import Testing

@testable import WebSupport

@Suite struct ForwardedForTests {
    private static let proxies = ["127.0.0.1", "10.0.0.0/8"].compactMap { IPNetwork(parsing: $0) }

    @Test(arguments: [
        (["203.0.113.7"], "127.0.0.1", "203.0.113.7"), (["203.0.113.7, 10.1.2.3"], "10.0.0.1", "203.0.113.7"),
        // What the client itself wrote stands before what the proxy added.
        (["196.201.214.200, 203.0.113.7"], "127.0.0.1", "203.0.113.7"),
        (["196.201.214.200", "203.0.113.7"], "127.0.0.1", "203.0.113.7"),
        (["2001:db8::1"], "127.0.0.1", "2001:db8::1"),
    ])
    func theLastThatIsNoProxyAsked(_ values: [String], _ connected: String, _ client: String) {
        let found = ForwardedFor(values).client(of: IPAddress(parsing: connected), trusting: Self.proxies)
        #expect(found == IPAddress(parsing: client))
    }

    @Test(arguments: [
        (["196.201.214.200"], "203.0.113.7"), ([], "127.0.0.1"), (["unknown"], "127.0.0.1"),
        (["196.201.214.200, _hidden"], "127.0.0.1"), (["10.0.0.1"], "127.0.0.1"),
    ])
    func otherwiseTheConnectionCounts(_ values: [String], _ connected: String) {
        #expect(ForwardedFor(values).client(of: IPAddress(parsing: connected), trusting: Self.proxies) == nil)
    }
}
