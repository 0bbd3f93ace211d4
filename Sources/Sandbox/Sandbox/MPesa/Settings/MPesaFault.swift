/// What can go wrong on request, by the names that `POST /control/faults` takes (facts section 10).
package enum MPesaFault: String, Sendable, CaseIterable {
    /// The callback is never sent.
    case callbackLost = "callback_lost"
    /// The callback is sent twice.
    case callbackDoubled = "callback_doubled"
    /// The callback is late.
    case callbackLate = "callback_late"
    /// The callback comes before the HTTP answer to the request.
    case callbackFirst = "callback_first"
    /// Two forged callbacks come before the true one.
    case callbackForged = "callback_forged"
    /// The next callback overtakes this one.
    case callbackReordered = "callback_reordered"
    /// The callback says that it is plain text.
    case callbackMistyped = "callback_mistyped"
    /// The connection is closed instead of an answer, after the request was accepted.
    case answerLost = "answer_lost"
    /// HTTP 500 with 500.003.1001.
    case serverError = "server_error"
    /// The token ends before its time.
    case tokenExpired = "token_expired"
    /// HTTP 500 with 500.003.02.
    case spikeArrest = "spike_arrest"
    /// HTTP 500 with 500.003.03.
    case quotaViolation = "quota_violation"
    /// A query answers 500.001.1001 for a payment that is known.
    case queryFault = "query_fault"
    /// A query says that a payment failed which was paid.
    case queryContradicts = "query_contradicts"
    /// An initiator's request ends at its QueueTimeOutURL.
    case queueTimeout = "queue_timeout"

    /// Those that befall a request before it is read.
    static let ofRequests: [MPesaFault] = [.tokenExpired, .serverError, .spikeArrest, .quotaViolation]
    /// Those that befall what a customer's own payment sends.
    static let ofPayments: [MPesaFault] = [
        .callbackLost, .callbackDoubled, .callbackLate, .callbackReordered, .callbackMistyped,
    ]
    /// Those that befall the simulation of one.
    static let ofSimulations: [MPesaFault] = ofPayments + [.answerLost]
    /// Those that befall a push, its callback and its queries.
    static let ofPushes: [MPesaFault] = ofSimulations + [.callbackFirst, .callbackForged, .queryContradicts]
    /// Those that befall an initiator's request.
    static let ofInitiators: [MPesaFault] = ofSimulations + [.queueTimeout]
}
