/// How a customer's server is told of a call.
package enum CallbackFormat: String, Sendable, CaseIterable {
    /// A JSON object.
    case json
    /// `application/x-www-form-urlencoded`.
    case form
}
