package import Ledger
package import Primitives

/// The boundary of billing and access: numbers, wallet, keys and calls belong to one workspace (seed: "Workspaces").
package struct Workspace: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// What its people call it.
    package let name: String
    /// Where its owner is reached.
    package let email: String
    /// Names it in links: lower-case letters, digits and hyphens, unlike any other's.
    package let slug: String
    /// ISO 3166 two-letter code, upper case.
    package let country: String
    /// The wallet's currency, fixed for ever.
    package let currency: Currency
    /// What is typed as the account number when paying by M-Pesa Paybill: `TS-` and eight letters or digits.
    package let mpesaAccountReference: String
    /// Whether it may do anything but read.
    package let status: WorkspaceStatus
    /// Minor units; 0 is no alert.
    package let lowBalanceThresholdMinor: Int64
    /// When it was made.
    package let createdAt: Timestamp
    /// The live workspace that this one is the test twin of; nil for a live one.
    package let liveID: Identifier?
    /// How far its clock is ahead of the server's; zero for a live one.
    package var clockOffset: Duration = .zero
    /// What the operator allows it; wider ones than the defaults, too.
    package var operatorLimits = Limits()
    /// What its owners allow it, within that.
    package var ownLimits = Limits()

    /// Whether nothing in it is real: test keys act here.
    package var isTest: Bool { liveID != nil }
}
