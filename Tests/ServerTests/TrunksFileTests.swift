import Database
import Foundation
import Logging
import Platform
import Server
import TestSupport
import Testing

/// Carriers from a file, at each start.
@Suite struct TrunksFileTests {
    static let two = """
        [
          {"name": "main", "address": "192.0.2.10:5060", "transport": "udp", "prefix": "+254", "priority": 10,
           "username": "sauti", "password": "siri"},
          {"name": "spare", "address": "sip.example.net:5061", "transport": "tcp", "prefix": "+", "priority": 20}
        ]
        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("trunks")
    }

    /// Starts on the same data with this file, and lists what is known then.
    private func trunks(_ text: String) async throws -> [Trunk] {
        try text.write(toFile: folder.path("trunks.json"), atomically: true, encoding: .utf8)
        var configuration = ServerConfiguration()
        configuration.dataFolder = folder.path("data")
        configuration.trunksFile = folder.path("trunks.json")
        let server = try await SautikitServer(configuration, logger: Logger(label: "test"))
        let trunks = try await ListTrunks(server.context)()
        await server.context.database.close()
        return trunks
    }

    @Test func whatTheFileSaysHoldsAtEachStart() async throws {
        let first = try await trunks(Self.two)
        #expect(first.map(\.name) == ["main", "spare"] && first.map(\.priority) == [10, 20])
        #expect(first[0].username == "sauti" && first[0].password == "siri" && first[1].transport == .tcp)
        // Nothing changed: the rows are the same ones.
        #expect(try await trunks(Self.two) == first)
        let changed = try await trunks(Self.two.replacing("192.0.2.10:5060", with: "[2001:db8::1]:5070"))
        #expect(changed[0].host == "2001:db8::1" && changed[0].port == 5070 && changed[1] == first[1])
        #expect(try await trunks("[]") == changed)
        #expect(changed.map(\.purpose) == [.live, .live])
        let test = try await trunks(
            Self.two.replacing("\"priority\": 20", with: "\"priority\": 20, \"purpose\": \"test\"")
        )
        #expect(test.map(\.purpose) == [.live, .test])
    }

    @Test(arguments: [
        (two.replacing("\"priority\": 20", with: "\"priority\": 20, \"purpose\": \"play\""), "spare"),
        (two.replacing("\"udp\"", with: "\"carrier pigeon\""), "main"), (two.replacing("+254", with: "254"), "main"),
        (two.replacing("\"priority\": 20", with: "\"priority\": \"20\""), "entry 2, 'priority'"),
        (two.replacing("\"name\": \"spare\", ", with: ""), "entry 2, 'name' is missing"), ("nothing", "not JSON"),
        (two.replacing(", \"password\": \"siri\"", with: ""), "password"),
        (two.replacing("\"username\": \"sauti\", ", with: ""), "username"),
    ])
    func aBadFileIsNamedWithItsPlace(text: String, place: String) async throws {
        let fault = try await #require(throws: SettingFault.self) { try await trunks(text) }
        #expect(fault.name == "SAUTIKIT_TRUNKS_FILE" && fault.message.contains(place), "\(fault)")
        #expect(!fault.message.contains("siri"))
    }

    @Test func aMissingFileIsSaidSo() async throws {
        var configuration = ServerConfiguration()
        configuration.dataFolder = folder.path("data")
        configuration.trunksFile = folder.path("none.json")
        let fault = try await #require(throws: SettingFault.self) {
            try await SautikitServer(configuration, logger: Logger(label: "test"))
        }
        #expect(fault.message.contains("cannot be read"))
    }
}
