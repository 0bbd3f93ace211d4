import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Platform

/// Talks to a server as a customer does, over its public HTTP API alone.
struct APIClient: Sendable {
    let baseURL: String
    var apiKey: String?
    private static let timeout = TimeAmount.seconds(10)
    private static let longestBody = 64 << 20

    init(baseURL: String, apiKey: String? = nil) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.apiKey = apiKey
    }

    func get(_ path: String) async throws -> APIResponse {
        try await send(.GET, path, body: nil, isAuthorized: true)
    }

    func post(_ path: String, _ body: JSONValue? = nil) async throws -> APIResponse {
        try await send(.POST, path, body: body, isAuthorized: true)
    }

    /// Fetches a link as whoever holds it would, without the key.
    func fetch(_ link: String) async throws -> APIResponse {
        try await send(.GET, link, body: nil, isAuthorized: false)
    }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        body: JSONValue?,
        isAuthorized: Bool
    ) async throws -> APIResponse {
        var request = HTTPClientRequest(url: path.hasPrefix("/") ? baseURL + path : path)
        request.method = method
        request.headers.add(name: "User-Agent", value: "sautikit-quickstart")
        if isAuthorized, let apiKey { request.headers.add(name: "Authorization", value: "Bearer \(apiKey)") }
        if method == .POST { request.headers.add(name: "Idempotency-Key", value: UUID().uuidString) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response: HTTPClientResponse
        let bytes: ByteBuffer
        do {
            response = try await QuickstartHTTP.client.execute(request, timeout: Self.timeout)
            bytes = try await response.body.collect(upTo: Self.longestBody)
        } catch {
            throw QuickstartFailure(
                expected: "an answer to \(method) \(path)",
                found: "\(error)",
                advice: "Is the server running at \(baseURL)? Start it with: sautikit serve --sandbox"
            )
        }
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        let body = [UInt8](bytes.readableBytesView)
        return APIResponse(
            status: Int(response.status.code),
            headers: headers,
            body: body,
            json: try? JSONValue(parsing: Data(body))
        )
    }
}
