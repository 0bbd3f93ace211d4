import Platform
import Primitives

/// One time that a customer's server was asked.
struct CallbackAttempt: Sendable {
    let url: String
    let method: CallbackMethod
    /// The answer's status, when there was an answer.
    let status: Int?
    let latency: Duration
    /// What went wrong; nil when nothing did.
    let problem: String?
    /// What is wrong with the document.
    let faults: [FieldFault]

    /// Whether the same may go better at once: the server was there and failed, or gave up early.
    func isWorthAnother(within timeout: Duration) -> Bool {
        status.map { $0 >= 500 } ?? (problem != nil && latency < timeout / 2)
    }

    /// As it stands on the timeline. The query may hold the customer's secrets, so it is left out.
    var json: JSONValue {
        let shown = url.prefix { $0 != "?" && $0 != "#" }
        return JSONValue(present: [
            ("url", .string(String(shown))), ("method", .string(method.rawValue)),
            ("status", status.map { .integer(Int64($0)) }), ("latency_ms", .integer(latency.wholeMilliseconds)),
            ("problem", problem.map { .string($0) }),
            (
                "errors",
                faults.isEmpty
                    ? JSONValue?.none
                    : .array(
                        faults.prefix(20).map { ["path": .string($0.field), "message": .string($0.message)] }
                    )
            ),
        ])
    }
}
