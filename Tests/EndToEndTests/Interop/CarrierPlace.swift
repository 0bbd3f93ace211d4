import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import TestSupport
import WebTestSupport

/// A server with a trunk to a carrier that is sipp, and Kamailio between the two if need be.
struct CarrierPlace: Sendable {
    let customer: Customer
    let proxy: KamailioProxy?
    private let line: CarrierLine
    private let port = FreePort.any()
    private let files: TemporaryFolder
    private let voice: TestWebServer

    /// - Parameter actions: what the customer's voice URL says to every call.
    init(_ line: CarrierLine, actions: String) async throws {
        self.line = line
        files = try TemporaryFolder("carrier")
        customer = try await Customer(try await TestServer())
        proxy = line.isProxied ? try await KamailioProxy(server: customer.server.sipPort, carrier: port) : nil
        try await customer.addTrunk(port: proxy?.port ?? port, transport: line.transport)
        voice = try await TestWebServer { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: #"{"actions": \#(actions)}"#))
            )
        }
        let routing: JSONValue = ["voice_callback_url": .string("http://127.0.0.1:\(voice.port)/voice")]
        let path = "/v1/numbers/\(try await customer.numberID())/routing"
        let routed = try await customer.server.ask("PATCH", path, key: customer.key, body: routing)
        guard routed.status == 200 else { throw WaitingTimeout(what: "a route: \(routed.json.text)") }
    }

    /// A carrier that waits for one call of ours, once it does.
    func takesCall(_ scenario: String, _ options: String...) async throws -> RunningProgram {
        let carrier = try sipp(scenario, options)
        let address = ":" + String(port, radix: 16, uppercase: true)
        let table = URL(filePath: "/proc/net/\(line.transport)")
        try await Waiting.until {
            // Foundation reads a page of a file that has no size; this reads to the end.
            let bytes = try FileHandle(forReadingFrom: table).readToEnd() ?? Data()
            let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            let isBound = rows.contains { $0.split(separator: " ").dropFirst().first?.hasSuffix(address) == true }
            return isBound ? true : nil
        }
        return carrier
    }

    /// A carrier that calls the customer's number.
    ///
    /// - Parameter keys: what it presses, as tones that sox makes; 1,000 Hz follow.
    func calls(_ scenario: String, keys: String = "1") async throws -> RunningProgram {
        try await Self.makeTones(of: keys, law: line.law, files.path("keys.raw"))
        return try sipp(scenario, ["-s", Customer.number, "127.0.0.1:\(proxy?.port ?? customer.server.sipPort)"])
    }

    /// The newest call that has come in.
    func inboundCall() async throws -> String {
        try await Waiting.until { [customer] in
            let list = try await customer.server.ask("GET", "/v1/calls?direction=inbound", key: customer.key)
            return list.json["data"]?.elements.first?["id"]?.stringValue
        }
    }

    private func sipp(_ scenario: String, _ options: [String]) throws -> RunningProgram {
        let all = ["-t", line.transport == "tcp" ? "t1" : "u1"] + options
        return try Peers.sipp(scenario, port: port, law: line.law, all, files: files)
    }

    /// The two frequencies of a key, in Hz (ITU-T Q.23).
    private static func frequencies(_ key: Character) -> (low: Int, high: Int)? {
        let rows: [(Int, String)] = [(697, "123"), (770, "456"), (852, "789"), (941, "*0#")]
        for (low, keys) in rows {
            if let place = Array(keys).firstIndex(of: key) { return (low, [1209, 1336, 1477][place]) }
        }
        return nil
    }

    private static func makeTones(of keys: String, law: String, _ path: String) async throws {
        let parts = keys.compactMap { frequencies($0) }.map { low, high in
            "|sox -n -r 8000 -p synth 0.12 sine \(low) sine \(high) remix - gain -8 pad 0 0.12"
        }
        let encoding = ["-t", "raw", "-e", law == "PCMA" ? "a-law" : "u-law", "-b", "8", "-r", "8000", "-c", "1", path]
        try await Command.run("sox", parts + ["|sox -n -r 8000 -p synth 6 sine 1000 gain -8"] + encoding)
    }
}
