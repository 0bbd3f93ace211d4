/// What an entry is, seen from the wallet.
package enum EntryKind: String, Sendable, CaseIterable {
    /// Money into the wallet from the operator.
    case credit
    /// Money into the wallet from a payment.
    case topup
    /// A payment whose owner is not known yet.
    case suspense
    /// A call's cost.
    case callCharge = "call_charge"
    /// A number's rental.
    case numberRental = "number_rental"
    /// Money set aside for a call that is capped.
    case hold
    /// What was set aside, back in the wallet before the call is charged.
    case release
    /// A month's recordings.
    case recordingStorage = "recording_storage"
    /// The opposite of an earlier entry; nothing is ever edited.
    case reversal
}
