package import Ledger

/// What a movement of money belongs to.
package enum ReferenceKind: String, Sendable, CaseIterable {
    /// A call.
    case call
    /// A number.
    case number
    /// A top-up.
    case topup

    /// What the reference of an entry names; nil for entries that belong to nothing that a workspace has, and for reversals,
    /// whose reference is the entry that they reverse.
    package init?(of kind: EntryKind) {
        switch kind {
        case .callCharge, .hold, .release: self = .call
        case .numberRental: self = .number
        case .topup: self = .topup
        case .credit, .suspense, .recordingStorage, .reversal: return nil
        }
    }
}
