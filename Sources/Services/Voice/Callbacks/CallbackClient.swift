import OutboundHTTP
import Platform
import Primitives

/// Sends messages to customers' servers, signed, and within limits.
struct CallbackClient: Sendable {
    /// The most bytes of an answer.
    static let longestAnswer = VoiceDocument.longestBytes
    /// The longest name that is carried in a URL, percent-encoded (facts section 7.6).
    private static let longestName = 2048

    let client: GuardedClient
    let clock: any WallClock
    let timeout: Duration

    /// Sends a message and returns the answer, whatever its status.
    ///
    /// - Throws: `GuardedFailure`.
    func send(
        _ message: CallbackMessage,
        to url: String,
        _ method: CallbackMethod,
        _ routing: CallRouting
    ) async throws -> GuardedAnswer {
        try await client.send(request(message, url, method, routing))
    }

    /// Tells a server something, once more when that is worth it. What it answers is nobody's concern, but whether it does.
    func tell(_ message: CallbackMessage, to url: String, _ routing: CallRouting) async -> CallbackAttempt {
        let attempt = await tellOnce(message, url, routing)
        guard attempt.isWorthAnother(within: timeout) else { return attempt }
        return await tellOnce(message, url, routing)
    }

    private func tellOnce(_ message: CallbackMessage, _ url: String, _ routing: CallRouting) async -> CallbackAttempt {
        let start = ContinuousClock.now
        var (status, problem): (Int?, String?)
        do {
            let answer = try await send(message, to: url, .post, routing).status
            status = answer
            if !(200..<300).contains(answer) { problem = "the server answered \(answer)" }
        } catch {
            problem = "\(error)"
        }
        return CallbackAttempt(
            url: url,
            method: .post,
            status: status,
            latency: start.duration(to: .now),
            problem: problem,
            faults: []
        )
    }

    private func request(
        _ message: CallbackMessage,
        _ url: String,
        _ method: CallbackMethod,
        _ routing: CallRouting
    ) -> GuardedRequest {
        var target = url
        if let name = message.clientRequestID.map(PercentEncoding.encode), name.utf8.count <= Self.longestName {
            target = Self.adding("clientRequestId=\(name)", to: target)
        }
        var headers: [(name: String, value: String)] = [
            ("User-Agent", "Sautikit-VoiceProxy"),
            ("Accept", "application/json, application/xml;q=0.9, text/xml;q=0.9"),
        ]
        let body: CallbackBody?
        switch method {
        case .get:
            target = Self.adding(CallbackBody.query(message), to: target)
            body = nil
        case .post: body = routing.wantsForm ? .form(message) : .json(message)
        }
        if let body { headers.append(("Content-Type", body.contentType)) }
        if let secret = routing.signingSecret {
            let signature = WebhookSignature.header(body: body?.text ?? "", secrets: [secret], at: clock.now())
            headers.append(("X-Sautikit-Signature", signature))
        }
        return GuardedRequest(
            method == .get ? .get : .post,
            target,
            headers: headers,
            body: body.map { Array($0.text.utf8) } ?? [],
            timeout: timeout,
            maxBodyBytes: Self.longestAnswer
        )
    }

    private static func adding(_ query: String, to url: String) -> String {
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return parts[0] + (parts[0].contains("?") ? "&" : "?") + query
    }
}
