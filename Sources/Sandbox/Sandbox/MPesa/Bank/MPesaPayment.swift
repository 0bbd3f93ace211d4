import Primitives

/// A payment by STK push, from its acceptance.
struct MPesaPayment: Sendable {
    let merchantRequestID: String
    let checkoutRequestID: String
    let request: STKPushRequest
    let acceptedAt: Timestamp
    let fate: MPesaFate
    let faults: MPesaMishaps
    /// How it ended; nil while it is on its way.
    var result: MPesaResult?
    /// Of a paid one.
    var receipt: String?
}
