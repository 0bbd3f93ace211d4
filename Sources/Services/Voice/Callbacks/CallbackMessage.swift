import Platform

/// What a customer's server is told in one request: names and values, sent as JSON, a form, or a query.
struct CallbackMessage: Sendable {
    /// In their order.
    let fields: [(name: String, value: String)]
    /// The client's own name for the call, which also goes into the URL.
    let clientRequestID: String?

    /// - Parameter fields: those with an empty value are left out.
    init(_ fields: [(name: String, value: String)], of call: Call) {
        let name = Self.carried(call.clientRequestID)
        let client = name.map { [("clientRequestId", $0), ("client_request_id", $0)] } ?? []
        self.fields = (fields + client).filter { !$0.value.isEmpty }
        clientRequestID = name
    }

    /// The client's own name for a call, unless it has characters that are not carried (facts section 7.6).
    private static func carried(_ name: String?) -> String? {
        name.flatMap { name in name.contains { $0.isWhitespace || ",{}\"'".contains($0) } ? nil : name }
    }
}
