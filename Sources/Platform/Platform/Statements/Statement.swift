package import Ledger
package import Primitives

/// A month of a workspace's wallet, added up.
package struct Statement: Sendable {
    /// What the entries of one kind came to.
    package struct Line: Sendable, Equatable {
        /// What they are.
        package let kind: EntryKind
        /// How many there are.
        package let count: Int64
        /// What they brought, in minor units.
        package let creditMinor: Int64
        /// What they cost with VAT, in minor units and not negative.
        package let debitMinor: Int64
        /// The VAT in it, in minor units; negative for what was paid back.
        package let taxMinor: Int64
    }

    /// Whose wallet.
    package let workspace: Workspace
    /// `2026-06`.
    package let month: String
    /// Its first moment.
    package let from: Timestamp
    /// The first moment after it.
    package let to: Timestamp
    /// What the wallet held when it began, in minor units.
    package let openingMinor: Int64
    /// What it held when it ended.
    package let closingMinor: Int64
    /// A line for each kind that there was, in a fixed order.
    package let lines: [Line]

    /// What all kinds brought.
    package var creditMinor: Int64 { lines.reduce(0) { $0 + $1.creditMinor } }
    /// What all kinds cost.
    package var debitMinor: Int64 { lines.reduce(0) { $0 + $1.debitMinor } }
    /// The VAT in it.
    package var taxMinor: Int64 { lines.reduce(0) { $0 + $1.taxMinor } }
}
