import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import Primitives

/// Signed requests to one bucket, asked again when the store cannot answer.
struct S3Connection: Sendable {
    /// What is asked, but for who asks and when.
    struct Call: Sendable {
        var method: HTTPMethod
        var name: String
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
    }

    private let settings: S3Settings
    private let client: HTTPClient
    private let clock: any WallClock
    private let signature: SignatureV4
    private let origin: String
    private let host: String

    init(_ settings: S3Settings, client: HTTPClient, clock: any WallClock) {
        self.settings = settings
        self.client = client
        self.clock = clock
        signature = SignatureV4(
            accessKeyID: settings.accessKeyID,
            secretAccessKey: settings.secretAccessKey,
            region: settings.region
        )
        let parts = settings.endpoint.split(separator: "/", omittingEmptySubsequences: true)
        let (scheme, authority) = (parts.first ?? "https:", parts.dropFirst().first ?? "")
        host = settings.isVirtualHosted ? "\(settings.bucket).\(authority)" : String(authority)
        origin = "\(scheme)//\(host)"
    }

    /// Asks, and reads the answer's document.
    ///
    /// - Throws: `ObjectFailure`, after the last attempt.
    func ask(_ call: Call) async throws -> S3Answer {
        try await repeatedly(call) { response in
            let text = String(buffer: try await response.body.collect(upTo: S3Answer.documentLimit))
            return S3Answer(status: Int(response.status.code), headers: response.headers, document: text)
        }
        .answer
    }

    /// Asks for a file, and leaves its bytes to whoever reads them; nil when it has none in the range that was asked for.
    ///
    /// - Throws: `ObjectFailure`, after the last attempt.
    func open(_ call: Call) async throws -> HTTPClientResponse.Body? {
        let (answer, body) = try await repeatedly(call) { response in
            let isFile = (200..<300).contains(response.status.code)
            let text = isFile ? "" : String(buffer: try await response.body.collect(upTo: S3Answer.documentLimit))
            return S3Answer(status: Int(response.status.code), headers: response.headers, document: text)
        }
        if answer.isOutOfRange { return nil }
        // A part that was asked for and not given would be read as if it were that part.
        if call.headers.contains(where: { $0.name == "range" }), answer.status != 206 {
            throw ObjectFailure.unavailable("HTTP \(answer.status) to a request for a part")
        }
        return body
    }

    private func repeatedly(
        _ call: Call,
        _ read: (HTTPClientResponse) async throws -> S3Answer
    ) async throws -> (answer: S3Answer, body: HTTPClientResponse.Body) {
        var waits = settings.waits.makeIterator()
        // The body's hash is signed: nothing on the way changes a byte of it, with TLS or without.
        let (hash, body) = (SignatureV4.hash(call.body), ByteBuffer(bytes: call.body))
        while true {
            var failure: ObjectFailure
            do {
                let response = try await client.execute(
                    request(call, body, hash),
                    timeout: TimeAmount(settings.timeout)
                )
                let answer = try await read(response)
                if !answer.isError || answer.isOutOfRange { return (answer, response.body) }
                failure = answer.failure(call.name)
                guard answer.isTransient else { throw failure }
            } catch let error as ObjectFailure {
                throw error
            } catch {
                // Its own cancellation is nobody's fault, and nothing is asked again.
                try Task.checkCancellation()
                failure = .unavailable("\(error)")
            }
            guard let wait = waits.next() else { throw failure }
            try await Task.sleep(for: wait * Double.random(in: 0.5...1))
        }
    }

    private func request(_ call: Call, _ body: ByteBuffer, _ hash: String) -> HTTPClientRequest {
        let time = SignatureV4.time(clock.now())
        let key = settings.prefix.isEmpty ? call.name : "\(settings.prefix)/\(call.name)"
        let signed = SignedRequest(
            method: call.method.rawValue,
            path: settings.isVirtualHosted ? "/\(key)" : "/\(settings.bucket)/\(key)",
            query: call.query,
            headers: call.headers + [("host", host), ("x-amz-content-sha256", hash), ("x-amz-date", time)],
            bodyHash: hash
        )
        let query = signed.canonicalQuery
        var request = HTTPClientRequest(url: origin + signed.canonicalPath + (query.isEmpty ? "" : "?\(query)"))
        request.method = call.method
        for (name, value) in signed.headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "authorization", value: signature.authorization(for: signed, at: time))
        if call.method == .PUT || call.method == .POST { request.body = .bytes(body) }
        return request
    }
}
