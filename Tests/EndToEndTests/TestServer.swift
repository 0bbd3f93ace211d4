import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Platform
import TestSupport
import Testing
import WebTestSupport

/// The real server as a process of its own, on a folder of its own, driven over HTTP and its command line.
final class TestServer: Sendable {
    let url: String
    let folder: TemporaryFolder
    /// Where it takes SIP, by UDP and TCP, unless a setting says otherwise.
    let sipPort: Int
    private let environment: [String: String]
    private let process: Locked<RunningProgram>

    /// The built binary, beside the tests.
    static let binary = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sautikit")
        .path

    /// Starts a server and waits until it answers.
    ///
    /// - Parameter sipHost: the address at which it takes SIP and sound.
    init(isSandbox: Bool = false, sipHost: String = "127.0.0.1", settings: [String: String] = [:]) async throws {
        let folder = try TemporaryFolder("server")
        let (http, sip) = (FreePort.any(), FreePort.any())
        var environment = [
            "SAUTIKIT_SIP_WS_ADDRESS": "127.0.0.1:0",
            "SAUTIKIT_DATA_DIR": folder.path("data"), "SAUTIKIT_HTTP_ADDRESS": "127.0.0.1:\(http)",
            "SAUTIKIT_SIP_ADDRESS": "\(sipHost):\(sip)", "SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS": "true",
            "SAUTIKIT_RTP_PORTS": FreePort.rtpRange(), "SAUTIKIT_REQUESTS_PER_MINUTE": "1000000",
        ]
        environment.merge(settings) { _, new in new }
        self.folder = folder
        sipPort = sip
        self.environment = environment
        url = "http://127.0.0.1:\(http)"
        arguments = ["serve"] + (isSandbox ? ["--sandbox"] : [])
        process = Locked(try RunningProgram(Self.binary, arguments, environment: environment))
        try await untilUp()
    }

    private let arguments: [String]

    /// Ends the process at once, as a power cut would.
    func kill() async throws {
        let running = process.withLock { $0 }
        running.signal(SIGKILL)
        _ = try await running.exitStatus()
    }

    /// Starts it again on the same folder.
    func restart() async throws {
        let next = try RunningProgram(Self.binary, arguments, environment: environment)
        process.withLock { $0 = next }
        try await untilUp()
    }

    /// Asks it to stop and returns its exit status.
    func stop() async throws -> Int32 {
        let running = process.withLock { $0 }
        running.signal(SIGTERM)
        return try await running.exitStatus()
    }

    /// What it has printed.
    var output: String { process.withLock { $0.output } }

    /// Runs an operator's command on the running server's database and reads its JSON.
    func admin(_ arguments: String...) async throws -> JSONValue {
        let program = try RunningProgram(Self.binary, ["admin"] + arguments + ["--json"], environment: environment)
        let status = try await program.exitStatus()
        guard status == 0 else {
            throw CommandError(command: arguments.joined(separator: " "), status: status, output: program.output)
        }
        return try JSONValue(parsing: Data(program.output.utf8))
    }

    /// Runs an operator's command to its end.
    func run(admin words: [String]) async throws -> (status: Int32, output: String) {
        let program = try RunningProgram(Self.binary, ["admin"] + words, environment: environment)
        return (try await program.exitStatus(), program.output)
    }

    /// Runs a command of the binary to its end.
    func run(
        _ arguments: String...,
        within limit: Duration = .seconds(60)
    ) async throws -> (status: Int32, output: String) {
        let program = try RunningProgram(Self.binary, arguments, environment: environment)
        return (try await program.exitStatus(within: limit), program.output)
    }

    /// Asks the API.
    func ask(
        _ method: String,
        _ path: String,
        key: String? = nil,
        body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) async throws -> (status: Int, json: JSONValue) {
        let (status, data, _) = try await fetch(method, url + path, key: key, body: body, headers: headers)
        return (status, data.isEmpty ? .null : try JSONValue(parsing: data))
    }

    /// Fetches a URL without following redirects.
    func fetch(
        _ method: String,
        _ url: String,
        key: String? = nil,
        body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) async throws -> (status: Int, data: Data, location: String?) {
        var request = HTTPClientRequest(url: url)
        request.method = .RAW(value: method)
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response = try await HTTPClient.withoutRedirects.execute(request, timeout: .seconds(20))
        let data = Data(buffer: try await response.body.collect(upTo: 16 << 20))
        try check(method, url, response, data)
        return (Int(response.status.code), data, response.headers.first(name: "Location"))
    }

    /// Holds an answer of the API against its contract.
    private func check(_ method: String, _ url: String, _ response: HTTPClientResponse, _ data: Data) throws {
        guard let path = URLComponents(string: url)?.percentEncodedPath, path.hasPrefix("/v1/"), method != "HEAD" else {
            return
        }
        let type = response.headers.first(name: "Content-Type")
        let isJSON = type?.hasPrefix("application/json") == true
        let fault = try ContractChecker.shared.get().fault(
            method: method,
            path: path,
            status: Int(response.status.code),
            type: type,
            body: isJSON ? String(decoding: data, as: UTF8.self) : ""
        )
        if !fault.isEmpty { Issue.record("\(fault)") }
    }

    /// The status that a URL is answered with.
    static func status(of url: String) async throws -> Int {
        Int(
            try await HTTPClient.withoutRedirects.execute(HTTPClientRequest(url: url), timeout: .seconds(20)).status
                .code
        )
    }

    private func untilUp() async throws {
        try await Waiting.until(within: .seconds(60)) { [self] in try await isUp() ? true : nil }
    }

    /// Whether it answers; one that ended instead says why.
    private func isUp() async throws -> Bool {
        do {
            return try await ask("GET", "/health").status == 200
        } catch {
            guard let status = process.withLock({ $0.endStatus() }) else { return false }
            throw CommandError(command: "sautikit serve", status: status, output: output)
        }
    }
}

extension HTTPClient {
    /// Shared by all tests; redirects are theirs to look at.
    static let withoutRedirects: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}
