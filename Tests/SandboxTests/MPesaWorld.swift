import AsyncHTTPClient
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import Primitives
import Sandbox
import TestSupport

/// A sandbox M-Pesa on a free port, a customer's server, and a client that says what it is told to say.
final class MPesaWorld: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: JSONValue
        let text: String

        var errorCode: String? { body["errorCode"]?.stringValue }
    }

    static let phone = "254700000200"
    static let ordinaryPhone = "254711000111"

    let mpesa: SandboxMPesa
    let settings: SandboxMPesaSettings
    let clock = ManualWallClock()
    let sink: CallbackSink
    let port: Int

    init(
        _ change: @Sendable (inout SandboxMPesaSettings) -> Void = { _ in },
        answer: (@Sendable (String) async throws -> Response)? = nil
    ) async throws {
        var settings = SandboxMPesaSettings()
        settings.paymentDelay = .milliseconds(1)
        settings.noAnswerDelay = .milliseconds(2)
        settings.resultDelay = .milliseconds(1)
        settings.lateBy = .milliseconds(30)
        settings.overtakingLimit = .milliseconds(50)
        settings.seed = 1
        change(&settings)
        self.settings = settings
        var logger = Logger(label: "mpesa")
        logger.logLevel = .critical
        mpesa = SandboxMPesa(settings, clock: clock, group: MultiThreadedEventLoopGroup.singleton, logger: logger)
        port = try await mpesa.start()
        sink = try await CallbackSink(answer: answer)
    }

    deinit {
        Task { [mpesa] in await mpesa.shutDown() }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func send(
        _ method: String,
        _ path: String,
        _ bytes: [UInt8]? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let bytes { request.body = .bytes(ByteBuffer(bytes: bytes)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let body = Data(try await response.body.collect(upTo: 1 << 22).readableBytesView)
        return Answer(
            status: Int(response.status.code),
            body: (try? JSONValue(parsing: body)) ?? .null,
            text: String(decoding: body, as: UTF8.self)
        )
    }

    func token() async throws -> String {
        let basic = Data("\(settings.consumerKey):\(settings.consumerSecret)".utf8).base64EncodedString()
        let path = "/oauth/v1/generate?grant_type=client_credentials"
        let answer = try await send("GET", path, headers: ["Authorization": "Basic \(basic)"])
        return answer.body["access_token"]?.stringValue ?? ""
    }

    /// A call with a token, fresh unless one is given.
    func call(
        _ path: String,
        _ document: JSONValue,
        method: String = "POST",
        token: String? = nil
    ) async throws -> Answer {
        let known = if let token { token } else { try await self.token() }
        let headers = ["Authorization": "Bearer \(known)", "Content-Type": "application/json"]
        return try await send(method, path, document.bytes, headers: headers)
    }

    func control(_ path: String, _ document: JSONValue) async throws -> Answer {
        try await send("POST", "/control/\(path)", document.bytes)
    }

    func payments() async throws -> JSONValue {
        try await send("GET", "/control/payments").body
    }
}
