import Ledger
import Primitives

/// The rentals that are paid in one transaction, as far as the wallets reach.
struct RenewalBatch {
    private var balances: [Identifier: Int64]
    /// What is taken.
    private(set) var entries: [EntryDraft] = []
    /// The numbers that are paid, by the end of what is paid.
    private(set) var paid: [Timestamp: [Identifier]] = [:]
    /// Those that lack of money had stopped.
    private(set) var toResume: [(VoiceNumber, Workspace)] = []

    /// - Parameter balances: wallets by workspace, in minor units.
    init(balances: [Identifier: Int64]) {
        self.balances = balances
    }

    /// Takes a number's next month, or leaves it when what remains of the wallet is too little.
    mutating func takes(_ renewal: NumberTable.Renewal, _ charge: RentalCharge, of workspace: Workspace) -> Bool {
        let number = renewal.number
        if let entry = charge.entry(for: number, to: workspace) {
            let balance = balances[workspace.id] ?? 0
            guard balance >= charge.totalMinor else { return false }
            balances[workspace.id] = balance - charge.totalMinor
            entries.append(entry)
        }
        paid[charge.paidUntil, default: []].append(number.id)
        if renewal.isStoppedUnpaid, number.status == .suspended { toResume.append((number, workspace)) }
        return true
    }
}
