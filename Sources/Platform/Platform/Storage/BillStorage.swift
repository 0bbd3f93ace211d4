import Database
import Ledger
import Primitives

/// Works out what the month that is over costs, for every workspace with recordings, and takes it from the wallet. A wallet
/// that has too little is not overdrawn: the bill waits for money, and meanwhile the recordings are kept for their days.
package struct BillStorage: Sendable {
    /// What was done.
    package struct Report: Sendable, Equatable {
        /// Bills that were written.
        package var billed = 0
        /// Bills that were paid.
        package var paid = 0

        /// Nothing.
        package init() {}
    }

    private static let batch = 200
    /// When a bill that could not be paid is looked at again, unless money comes before.
    private static let patience: Duration = .seconds(86_400)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Looks at everything that is due, a workspace at a time.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Report {
        var report = Report()
        report.billed = try await each(StorageBillTable.workspacesToBill, bill)
        report.paid = try await each(StorageBillTable.workspacesToPay, pay)
        return report
    }

    private func each(
        _ due: @escaping @Sendable (Timestamp, Int, SQLTransaction) throws -> [Identifier],
        _ body: @escaping @Sendable (Identifier, Timestamp, SQLTransaction) throws -> Int
    ) async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let ids = try await context.database.read(snapshot: .perStatement) { try due(now, Self.batch, $0) }
            if ids.isEmpty { break }
            for id in ids {
                total += try await context.database.write(isolation: .readCommitted) { try body(id, now, $0) }
            }
        }
        return total
    }

    /// Ends one month, and bills it if it costs anything; a later month that is over is due still.
    private func bill(_ workspaceID: Identifier, dueBy serverNow: Timestamp, in tx: SQLTransaction) throws -> Int {
        let context = try context.onClock(of: workspaceID, in: tx)
        let (settings, offset) = (context.settings, context.clockOffset)
        let use = try CountStorage(context).take(workspaceID, at: serverNow + offset, in: tx)
        // Another worker was here.
        guard let billAt = use.billAt, billAt <= serverNow else { return 0 }
        let end = billAt + offset
        let month = CivilMonth(containing: end - .milliseconds(1), offset: settings.timeZoneOffset)
        // What the month's last moment cost.
        let prices = try context.prices.history(in: tx).list(at: end - .milliseconds(1))
        let charge = try StorageMonth.read(month, of: workspaceID, settings, in: tx).charge(prices)
        let nextDay = CountStorage.day(of: end, settings)
        let goesOn = use.usedBytes > 0 || use.lastDay >= nextDay
        try StorageBillTable.endMonth(
            of: workspaceID,
            nextDay: nextDay,
            billAt: goesOn ? CivilMonth(containing: end, offset: settings.timeZoneOffset).end - offset : nil,
            in: tx
        )
        guard charge.netMinor > 0 else { return 0 }
        try StorageBillTable.insert(charge, of: workspaceID, monthStart: month.start, lookAt: serverNow, in: tx)
        return 1
    }

    private func pay(_ workspaceID: Identifier, dueBy serverNow: Timestamp, in tx: SQLTransaction) throws -> Int {
        let workspace = try WorkspaceTable.takeTurn(workspaceID, in: tx)
        let context = context.onClock(of: workspace)
        let now = serverNow + context.clockOffset
        let accounts = WalletAccounts(workspaceID: workspaceID, currency: workspace.currency)
        var (paid, isShort) = (0, false)
        for bill in try StorageBillTable.toPay(by: workspaceID, dueBy: serverNow, in: tx) {
            // The oldest first, and none out of turn: a wallet is never waited for while bills are held.
            isShort = try isShort || accounts.walletBalance(context.ledger, in: tx) < bill.totalMinor
            if !isShort {
                try BillStorage(context).post(bill, accounts, at: now, in: tx)
                try StorageBillTable.setPaid(bill, at: now, in: tx)
                paid += 1
            } else {
                try StorageBillTable.setUnpaid(bill, at: now, lookAgainAt: serverNow + Self.patience, in: tx)
                if !bill.isTold {
                    let text = MailText.storageUnpaid(month: month(of: bill), minor: bill.totalMinor)
                    try MailWorkspace(context)(text, workspace, in: tx)
                }
            }
        }
        return paid
    }

    private func post(
        _ bill: StorageBillTable.Bill,
        _ accounts: WalletAccounts,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        var postings = [
            PostingDraft(.debit, bill.totalMinor, accounts[.wallet]),
            PostingDraft(.credit, bill.netMinor, accounts[.revenue]),
        ]
        if bill.taxMinor > 0 { postings.append(PostingDraft(.credit, bill.taxMinor, accounts[.tax])) }
        let entry = EntryDraft(
            key: "storage:\(bill.workspaceID):\(month(of: bill))",
            kind: .recordingStorage,
            description: "Recording storage in \(month(of: bill))",
            postings: postings
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
    }

    /// `2026-06`.
    private func month(of bill: StorageBillTable.Bill) -> String {
        String((bill.monthStart + context.settings.timeZoneOffset).rfc3339.prefix(7))
    }
}
