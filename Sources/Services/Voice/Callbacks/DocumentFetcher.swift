import OutboundHTTP
import Platform
import Primitives

/// Asks a customer's server what a call does: its URL, once more when that is worth it, then the fallback.
struct DocumentFetcher: Sendable {
    let callbacks: CallbackClient

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
        if answer.document == .failed, answer.attempt.isWorthAnother(within: callbacks.timeout) {
            answer = await ask(url, request.method, fields, routing)
            attempts.append(answer.attempt)
        }
        if answer.document == .failed, let fallback = routing.fallbackURL, fallback != url {
            var failed = fields
            failed.failure = answer.attempt.problem
            answer = await ask(fallback, .post, failed, routing)
            attempts.append(answer.attempt)
        }
        return Result(document: answer.document, attempts: attempts, warnings: answer.warnings)
    }

    private struct Answer {
        let document: FlowDocument
        let attempt: CallbackAttempt
        var warnings: [String] = []
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
            answer = try await callbacks.send(fields.message, to: url, method, routing)
        } catch {
            return Answer(document: .failed, attempt: attempt(nil, "\(error)"))
        }
        guard (200..<300).contains(answer.status) else {
            return Answer(
                document: .failed,
                attempt: attempt(answer.status, "the server answered \(answer.status)")
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
}
