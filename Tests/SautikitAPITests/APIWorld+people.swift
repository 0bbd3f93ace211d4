import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Platform
import Primitives
import TestSupport
import Testing

/// People with browsers.
extension APIWorld {
    /// Signs somebody in and returns the `Cookie` header.
    func signIn(
        _ client: any TestClientProtocol,
        _ email: String,
        carrying cookie: String? = nil
    ) async throws -> String {
        let token = Locked("")
        try await RequestSignIn(context)(email: email, client: SignInClient(address: "192.0.2.1")) { text in
            token.withLock { $0 = text }
            return text
        }
        let answer = try await post(
            client,
            "/v1/auth/magic-link/verify",
            #"{"token": "\#(token.withLock { $0 })"}"#,
            cookie: cookie
        )
        #expect(answer.status == 200)
        let cookie = try #require(answer.headers[.setCookie])
        #expect(cookie.hasPrefix("sk_session="))
        for property in ["HttpOnly", "SameSite=Lax", "Path=/", "Secure", "Max-Age=2592000"] {
            #expect(cookie.contains(property), "\(property)")
        }
        return String(cookie.prefix { $0 != ";" })
    }

    func post(
        _ client: any TestClientProtocol,
        _ path: String,
        _ body: String,
        cookie: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
        var headers = headers
        headers[.cookie] = cookie
        return try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)) {
            ($0.status.code, try JSONValue(parsing: Data($0.body.readableBytesView)), $0.headers)
        }
    }

    func get(
        _ client: any TestClientProtocol,
        _ path: String,
        cookie: String
    ) async throws -> (status: Int, json: JSONValue) {
        try await client.execute(uri: path, method: .get, headers: [.cookie: cookie]) {
            ($0.status.code, try JSONValue(parsing: Data($0.body.readableBytesView)))
        }
    }
}
