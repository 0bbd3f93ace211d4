import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import Platform
import Primitives

/// Daraja's HTTP: a document goes out with a token, and one comes back (facts M-Pesa, sections 1 and 2).
struct DarajaConnection: Sendable {
    private static let answerLimit = 4 << 20

    private let settings: DarajaSettings
    private let client: HTTPClient
    private let token: DarajaToken

    init(_ settings: DarajaSettings, client: HTTPClient, clock: any WallClock) {
        self.settings = settings
        self.client = client
        token = DarajaToken(clock: clock) { try await Self.token(settings, client) }
    }

    /// Posts a document; a token that was refused is renewed, once.
    ///
    /// - Throws: `GatewayFailure`.
    func post(_ path: String, _ document: JSONValue) async throws(GatewayFailure) -> JSONValue {
        do {
            return try await attempt(path, document)
        } catch let fault where fault.isToken {
            do {
                return try await attempt(path, document)
            } catch {
                throw error.failure
            }
        } catch {
            throw error.failure
        }
    }

    private func attempt(_ path: String, _ document: JSONValue) async throws(DarajaError) -> JSONValue {
        let secret: String
        do {
            secret = try await token.value()
        } catch {
            // Without a token nothing was asked for.
            throw .notSent("no token: \(error)")
        }
        var request = HTTPClientRequest(url: settings.baseURL + path)
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(secret)")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: document.text))
        let answer = try await execute(request)
        guard let fault = DarajaFault(answer) else { return answer }
        if fault.isToken { await token.forget(secret) }
        throw .fault(fault)
    }

    private func execute(_ request: HTTPClientRequest) async throws(DarajaError) -> JSONValue {
        do {
            let response = try await client.execute(request, timeout: TimeAmount(settings.timeout))
            let body = try await response.body.collect(upTo: Self.answerLimit)
            guard let document = try? JSONValue(parsing: Data(buffer: body)) else {
                throw DarajaError.lost("HTTP \(response.status.code) without a document")
            }
            return document
        } catch let error as DarajaError {
            throw error
        } catch let error as HTTPClientError where error == .connectTimeout {
            throw .notSent("\(error)")
        } catch let error as NIOConnectionError {
            throw .notSent("\(error)")
        } catch {
            throw .lost("\(error)")
        }
    }

    private static func token(
        _ settings: DarajaSettings,
        _ client: HTTPClient
    ) async throws -> (token: String, lifetime: Duration) {
        var request = HTTPClientRequest(url: settings.baseURL + "/oauth/v1/generate?grant_type=client_credentials")
        let credentials = Data("\(settings.consumerKey):\(settings.consumerSecret)".utf8).base64EncodedString()
        request.headers.add(name: "Authorization", value: "Basic \(credentials)")
        let response = try await client.execute(request, timeout: TimeAmount(settings.timeout))
        let body = try await response.body.collect(upTo: 64 << 10)
        guard response.status == .ok, let document = try? JSONValue(parsing: Data(buffer: body)),
            let token = document["access_token"]?.stringValue, !token.isEmpty,
            let seconds = document["expires_in"]?.darajaText.flatMap(Int64.init)
        else {
            throw DarajaError.notSent("HTTP \(response.status.code): are the consumer key and its secret right?")
        }
        return (token, .seconds(seconds))
    }
}
