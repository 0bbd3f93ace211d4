import Database
import Ledger
import Platform
import Primitives

/// Workspaces with five numbers each and money for them, whose months end together.
struct RenewalStore: Sendable {
    private static let numbersEach = 5
    private static let creditMinor: Int64 = 1000_00
    private let context: PlatformContext
    private let workspaces: Int

    init(_ context: PlatformContext, workspaces: Int) {
        self.context = context
        self.workspaces = workspaces
    }

    func fill() async throws {
        let month = CivilMonth(containing: context.clock.now(), offset: context.settings.timeZoneOffset)
        try await context.database.write { tx in
            try tx.execute(
                """
                INSERT INTO workspaces (id, name, email, slug, country, currency, mpesa_account_ref, status,
                    low_balance_threshold_minor, created_at)
                SELECT decode(md5('workspace' || g), 'hex'), 'Workspace ' || g, 'owner' || g || '@example.com', 'w-' || g,
                    'KE', 'KES', 'TS-' || g, 'active', 10000, 0
                FROM generate_series(1, $1::BIGINT) g
                """,
                [workspaces]
            )
            try tx.execute(
                """
                INSERT INTO numbers (id, e164, country, status, workspace_id, claimed_at, paid_until, renew_at, created_at,
                    is_test)
                SELECT decode(md5('number' || g), 'hex'), '+254' || (700000000 + g), 'KE', 'active',
                    decode(md5('workspace' || ((g - 1) / $1::BIGINT + 1)), 'hex'), 0, $2::BIGINT, $2::BIGINT, 0, 0
                FROM generate_series(1, $3::BIGINT) g
                """,
                [Self.numbersEach, month.end, workspaces * Self.numbersEach]
            )
        }
        try await credit()
        // What a server does by itself within minutes of such a load.
        try await context.database.write { try $0.execute("ANALYZE") }
    }

    /// Money in every wallet.
    private func credit() async throws {
        let ledger = Ledger(ids: context.ids)
        let now = context.clock.now()
        var last = [UInt8](repeating: 0, count: 16)
        while true {
            let owners = try await context.database.read { [last] tx in
                try tx.rows("SELECT id FROM workspaces WHERE id > $1 ORDER BY id LIMIT 500", [last])
                    .map { try $0.get("id", as: Identifier.self) }
            }
            guard let latest = owners.last else { return }
            last = latest.bytes
            let entries = owners.map { owner in
                EntryDraft(
                    key: "bench:\(owner)",
                    kind: .credit,
                    description: "bench",
                    postings: [
                        .init(
                            .debit,
                            Self.creditMinor,
                            .init(workspaceID: owner, kind: .operatorCredit, currency: .kes)
                        ),
                        .init(.credit, Self.creditMinor, .init(workspaceID: owner, kind: .wallet, currency: .kes)),
                    ]
                )
            }
            try await context.database.write { _ = try ledger.post(entries, at: now, in: $0) }
        }
    }

    /// What has gone from the wallets, in minor units.
    func owed() async throws -> Int64 {
        let left = try await context.database.read { tx in
            try tx.first(
                "SELECT CAST(-SUM(balance_minor) AS BIGINT) AS left FROM ledger_accounts WHERE kind = 'wallet'"
            )?
            .get("left", as: Int64.self)
        }
        return Int64(workspaces) * Self.creditMinor - (left ?? 0)
    }
}
