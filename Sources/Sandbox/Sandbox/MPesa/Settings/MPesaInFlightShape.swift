/// What a query says of a payment that is not over (facts section 5).
package enum MPesaInFlightShape: String, Sendable {
    /// HTTP 200 with ResultCode 4999.
    case result4999
    /// HTTP 500 with 500.001.1001.
    case fault500
    /// The same body with HTTP 200.
    case fault200
}
