import Primitives

/// Money that moved.
struct MPesaTransaction: Sendable, Equatable {
    /// What moved it.
    enum Kind: String, Sendable {
        case payBill = "Pay Bill"
        case buyGoods = "Buy Goods"
        case reversal = "Pay Bill Reversal"
    }

    let receipt: String
    let kind: Kind
    /// Whole shillings, to the organisation, or back for a reversal.
    let amount: Int64
    let phone: String
    let shortcode: String
    /// What the payer, or the request, gave as the account.
    let account: String
    let completedAt: Timestamp
    /// What the organisation had afterwards, in shillings.
    let balance: Int64
    /// Under which a status query finds it.
    let conversationID: String
    /// The receipt of a reversal's original.
    var original: String?
    /// The receipt of what reversed it.
    var reversal: String?
}
