/// Who told us of a payment; several may, of the same one (facts M-Pesa, sections 4 to 8).
package enum PaymentSource: String, Sendable, CaseIterable {
    /// The callback of a push.
    case pushCallback = "push_callback"
    /// The answer to our question about a push, which names neither receipt nor amount.
    case pushQuery = "push_query"
    /// A confirmation of a payment to the Paybill.
    case paybill
    /// The list of transactions that is pulled.
    case pull
    /// A statement that the operator imported.
    case statement
}
