import OutboundHTTP
import Platform
import Primitives

/// Asks a customer's server what a call does: its URL, once more when that is worth it, then the fallback.
struct DocumentFetcher: Sendable {
    /// The most bytes of an answer.
    static let longestDocument = VoiceDocument.longestBytes
    /// The longest name that is carried in a URL, percent-encoded (facts section 7.6).
    private static let longestName = 2048

    let client: GuardedClient
    let clock: any WallClock
    let timeout: Duration

    /// What came of asking, and each time of asking.
    struct Result: Sendable {
        let document: FlowDocument
        let attempts: [CallbackAttempt]
        /// What the document's author should know.
        let warnings: [String]
    }

    /// Asks. Never throws: what goes wrong is an answer too.
    func callAsFunction(_ request: FlowRequest, _ fields: CallbackFields, _ routing: CallRouting) async -> Result {
        var attempts: [CallbackAttempt] = []
        guard let url = request.url ?? routing.voiceCallbackURL else {
            return Result(document: .failed, attempts: [], warnings: [])
        }
        var answer = await ask(url, request.method, fields, routing)
        attempts.append(answer.attempt)
        if answer.isWorthAnother {
            answer = await ask(url, request.method, fields, routing)
            attempts.append(answer.attempt)
        }
        if answer.document == .failed, let fallback = routing.fallbackURL, fallback != url {
            let failed = CallbackFields(
                call: fields.call,
                reason: fields.reason,
                isAnswered: fields.isAnswered,
                durationSeconds: fields.durationSeconds,
                failure: answer.attempt.problem
            )
            answer = await ask(fallback, .post, failed, routing)
            attempts.append(answer.attempt)
        }
        return Result(document: answer.document, attempts: attempts, warnings: answer.warnings)
    }

    private struct Answer {
        let document: FlowDocument
        let attempt: CallbackAttempt
        var warnings: [String] = []
        var isWorthAnother = false
    }

    private func ask(
        _ url: String,
        _ method: CallbackMethod,
        _ fields: CallbackFields,
        _ routing: CallRouting
    ) async -> Answer {
        let start = ContinuousClock.now
        func attempt(_ status: Int?, _ problem: String?, _ faults: [FieldFault] = []) -> CallbackAttempt {
            CallbackAttempt(
                url: url,
                method: method,
                status: status,
                latency: start.duration(to: .now),
                problem: problem,
                faults: faults
            )
        }
        let answer: GuardedAnswer
        do {
            answer = try await client.send(request(url, method, fields, routing))
        } catch {
            return Answer(
                document: .failed,
                attempt: attempt(nil, "\(error)"),
                isWorthAnother: start.duration(to: .now) < timeout / 2
            )
        }
        guard (200..<300).contains(answer.status) else {
            return Answer(
                document: .failed,
                attempt: attempt(answer.status, "the server answered \(answer.status)"),
                isWorthAnother: answer.status >= 500
            )
        }
        do {
            let document = try VoiceDocument.read(
                bytes: answer.body,
                contentType: answer.header("Content-Type"),
                base: answer.url
            )
            guard let document else { return Answer(document: .none, attempt: attempt(answer.status, nil)) }
            return Answer(
                document: .actions(document.actions, url: answer.url),
                attempt: attempt(answer.status, nil),
                warnings: document.warnings.map(\.message)
            )
        } catch {
            let problem = "the document has faults"
            return Answer(document: .failed, attempt: attempt(answer.status, problem, error.faults))
        }
    }

    private func request(
        _ url: String,
        _ method: CallbackMethod,
        _ fields: CallbackFields,
        _ routing: CallRouting
    ) -> GuardedRequest {
        var target = url
        if let name = fields.carriedClientRequestID.map(PercentEncoding.encode), name.utf8.count <= Self.longestName {
            target = Self.adding("clientRequestId=\(name)", to: target)
        }
        var headers: [(name: String, value: String)] = [
            ("User-Agent", "Sautikit-VoiceProxy"),
            ("Accept", "application/json, application/xml;q=0.9, text/xml;q=0.9"),
        ]
        let body: CallbackBody?
        switch method {
        case .get:
            target = Self.adding(CallbackBody.query(fields), to: target)
            body = nil
        case .post: body = routing.wantsForm ? .form(fields) : .json(fields)
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
            maxBodyBytes: Self.longestDocument
        )
    }

    private static func adding(_ query: String, to url: String) -> String {
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return parts[0] + (parts[0].contains("?") ? "&" : "?") + query
    }
}
