package import Ledger
package import Primitives

/// A workspace's prepaid balance.
package struct Wallet: Sendable, Equatable {
    /// Whose it is.
    package let workspaceID: Identifier
    /// What is left to spend; below zero when a call outlived the money.
    package let balance: Money
    /// What live calls have set aside, in minor units: it is the workspace's, and nothing else may spend it.
    package let heldMinor: Int64
    /// Below this a low-balance alert is due (its mail is issue 4's); minor units.
    package let lowBalanceThresholdMinor: Int64
}
