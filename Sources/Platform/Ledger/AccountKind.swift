/// What an account is for. Every kind exists once per workspace and currency, so that no account is shared by all writers.
package enum AccountKind: String, Sendable, CaseIterable {
    /// What a customer has paid ahead and not used: a liability, so credits raise it.
    case wallet
    /// What the workspace's usage has earned.
    case revenue
    /// VAT collected and owed to the revenue authority.
    case tax
    /// Money received through M-Pesa.
    case receipts
    /// Money given by the operator: trial credit, goodwill.
    case operatorCredit = "operator_credit"
    /// Of the wallet, what calls that are live may cost at most and nothing else may spend.
    case held
    /// Payments received whose owner is not known yet: the operator's liability.
    case suspense

    /// The side on which the account's balance is shown as positive.
    package var normalSide: PostingSide {
        switch self {
        case .wallet, .revenue, .tax, .held, .suspense: .credit
        case .receipts, .operatorCredit: .debit
        }
    }
}
