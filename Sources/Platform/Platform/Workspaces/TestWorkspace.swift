import Database
import Ledger
import Primitives

/// The twin of a workspace that its test keys act in: play money, numbers of its own, and the sandbox carrier. It shares no
/// row with the live one, so nothing that is done with a test key can reach what is real.
struct TestWorkspace {
    /// The numbers of every twin; no twin sees another's.
    static let numbers = (1...10).map { "+2542009000\($0 < 10 ? "0" : "")\($0)" }

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// The twin of a live workspace, made the first time that it is needed; a twin's twin is itself.
    func findOrMake(of live: Workspace, at now: Timestamp, in tx: SQLTransaction) throws -> Workspace {
        if live.isTest { return live }
        // Two first test keys at once would make two twins.
        try WorkspaceTable.lock(live.id, in: tx)
        if let twin = try WorkspaceTable.twin(of: live.id, in: tx) { return twin }
        var draft = WorkspaceDraft(name: live.name, email: live.email)
        (draft.country, draft.currency, draft.liveID) = (live.country, live.currency, live.id)
        let twin = try draft.insert(context, at: now, in: tx)
        try credit(twin, at: now, in: tx)
        for number in Self.numbers {
            _ = try NumberTable.insert(
                number,
                country: live.country,
                id: context.ids.next(),
                reservedFor: twin,
                at: now,
                in: tx
            )
        }
        return twin
    }

    private func credit(_ twin: Workspace, at now: Timestamp, in tx: SQLTransaction) throws {
        let minor = context.settings.testCreditMinor
        guard minor > 0 else { return }
        let accounts = WalletAccounts(workspaceID: twin.id, currency: twin.currency)
        let entry = EntryDraft(
            key: "credit:\(twin.id):test",
            kind: .credit,
            description: "Play money",
            postings: [.init(.debit, minor, accounts[.operatorCredit]), .init(.credit, minor, accounts[.wallet])]
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
    }
}
