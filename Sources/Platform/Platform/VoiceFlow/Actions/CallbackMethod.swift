/// How a customer's server is asked.
package enum CallbackMethod: String, Sendable, CaseIterable {
    /// Fields in the query.
    case get = "GET"
    /// Fields in the body.
    case post = "POST"
}
