import Platform

/// A request that the sandbox M-Pesa makes of a customer's server.
struct MPesaNotice: Sendable, Equatable {
    /// What it tells.
    enum Kind: String, Sendable {
        case stkCallback = "stk_callback"
        case validation, confirmation, result, timeout, forged
    }

    let kind: Kind
    var url: String
    var body: JSONValue
    let shortcode: String
    /// The CheckoutRequestID, receipt or conversation that it is about.
    let reference: String
    var contentType = "application/json;charset=UTF-8"
    /// How much later than it is due.
    var delay: Duration = .zero
    /// Whether the next one overtakes it.
    var isOvertaken = false

    init(_ kind: Kind, url: String, shortcode: String, reference: String, body: JSONValue) {
        self.kind = kind
        self.url = url
        self.shortcode = shortcode
        self.reference = reference
        self.body = body
    }

    /// What becomes of it by what goes wrong: nothing, itself, or itself twice.
    func suffering(_ mishaps: MPesaMishaps) -> [MPesaNotice] {
        guard !mishaps.contains(.callbackLost) else { return [] }
        var notice = self
        if mishaps.contains(.callbackMistyped) { notice.contentType = "text/plain" }
        if mishaps.contains(.callbackLate) { notice.delay = mishaps.lateBy }
        notice.isOvertaken = mishaps.contains(.callbackReordered)
        return Array(repeating: notice, count: mishaps.contains(.callbackDoubled) ? 2 : 1)
    }
}
