import Foundation
import MediaEngine
import Platform
import TestSupport

/// A workspace with money, a key, a number and a sink for its events, on a running server.
struct Customer: Sendable {
    static let number = "+254200000077"

    let server: TestServer
    let sink: WebhookSink
    let key: String
    /// What the number's month cost.
    let rentalMinor: Int64

    /// Opens a workspace on a server.
    ///
    /// - Parameter wanted: what takes the events of its number; one without TLS when nil.
    init(_ server: TestServer, sink wanted: WebhookSink? = nil) async throws {
        self.server = server
        let sink = if let wanted { wanted } else { try await WebhookSink() }
        self.sink = sink
        let created = try await server.admin(
            "workspace",
            "create",
            "--name",
            "Acme",
            "--email",
            "dev@example.com",
            "--credit-minor",
            "100000"
        )
        guard case .string(let key)? = created["api_key"] else { throw WaitingTimeout(what: "a key in \(created)") }
        self.key = key
        _ = try await server.admin("numbers", "add", Self.number)
        let claimed = try await server.ask(
            "POST",
            "/v1/numbers",
            key: key,
            body: [
                "number": .string(Self.number), "events_url": .string(sink.url),
                "voice_signing_secret": .string(WebhookSink.secret),
            ]
        )
        guard claimed.status == 201, case .integer(let rental)? = claimed.json["charge"]?["total_minor"] else {
            throw WaitingTimeout(what: "a number: \(claimed)")
        }
        rentalMinor = rental
    }

    /// Adds a trunk to a peer on loopback.
    func addTrunk(
        host: String = "127.0.0.1",
        port: Int,
        transport: String = "udp",
        _ more: String...
    ) async throws {
        let words = [
            "trunk", "add", "--name", "peer-\(port)", "--address", "\(host):\(port)", "--transport", transport,
            "--prefix", "+", "--priority", "1",
        ]
        let program = try await server.run(admin: words + more)
        guard program.status == 0 else {
            throw CommandError(command: "trunk add", status: program.status, output: program.output)
        }
    }

    /// Places a call and returns its id.
    func call(_ to: String = "+254712345678", _ more: [JSONMember] = []) async throws -> String {
        let body: [JSONMember] = [JSONMember("from", .string(Self.number)), JSONMember("to", .string(to))] + more
        let placed = try await server.ask("POST", "/v1/calls", key: key, body: .object(body))
        guard placed.status == 201, case .string(let id)? = placed.json["id"] else {
            throw WaitingTimeout(what: "a call: \(placed)")
        }
        return id
    }

    /// The call's record.
    func read(_ id: String) async throws -> JSONValue {
        try await server.ask("GET", "/v1/calls/\(id)", key: key).json["call"] ?? .null
    }

    /// The call's record once it has one of these statuses.
    func wait(_ id: String, for statuses: Set<String>, within limit: Duration = .seconds(40)) async throws -> JSONValue
    {
        do {
            return try await Waiting.until(within: limit) {
                let call = try await read(id)
                guard case .string(let status)? = call["status"], statuses.contains(status) else { return nil }
                return call
            }
        } catch is WaitingTimeout {
            throw WaitingTimeout(what: "\(statuses) of \(try await read(id).text)\n\(server.output)")
        }
    }

    /// The call's record when it is over.
    func end(_ id: String) async throws -> JSONValue {
        try await wait(id, for: ["completed", "failed", "busy", "no_answer", "canceled"])
    }

    /// The wallet's balance in minor units.
    func balance() async throws -> JSONValue {
        try await server.ask("GET", "/v1/wallet", key: key).json["balance_minor"] ?? .null
    }

    /// Downloads a call's recording, and mixes its channels.
    func recording(_ id: String) async throws -> [Int16] {
        try WaveFile.samples(parsing: try await recordedFile(id))
    }

    /// The two channels of a call's recording: what its own party said, and what the party heard.
    func recordedSides(_ id: String) async throws -> (own: [Int16], heard: [Int16]) {
        let bytes = try await recordedFile(id)
        let starts = stride(from: WaveFile.headerByteCount, to: bytes.count - 3, by: 4)
        func sample(_ index: Int) -> Int16 {
            Int16(truncatingIfNeeded: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
        }
        return (starts.map { sample($0) }, starts.map { sample($0 + 2) })
    }

    private func recordedFile(_ id: String) async throws -> [UInt8] {
        let link = try await Waiting.until {
            let answer = try await server.fetch("GET", "\(server.url)/v1/calls/\(id)/recording", key: key)
            return answer.status == 302 ? answer.location : nil
        }
        let file = try await server.fetch("GET", link)
        guard file.status == 200 else { throw WaitingTimeout(what: "a recording: \(file.status)") }
        return [UInt8](file.data)
    }
}
