import Primitives

/// A payment that a customer makes, before it is decided.
struct C2BArrival: Sendable {
    let receipt: String
    let payment: C2BPayment
    let conversationID: String
    let beganAt: Timestamp
    let mishaps: MPesaMishaps
    /// What is to be asked first; nil when nobody is.
    let validation: MPesaNotice?
}
