import Database
import Ledger
import Primitives

/// All SQL of price lists.
enum PriceTable {
    static let migration = Migration(number: 223, name: "price lists") { dialect in
        [
            """
            CREATE TABLE price_lists (
                id \(dialect.bytes) PRIMARY KEY, effective_at BIGINT NOT NULL, announced_at BIGINT NOT NULL,
                number_monthly_minor BIGINT NOT NULL, outbound_per_min_minor BIGINT NOT NULL,
                inbound_per_min_minor BIGINT NOT NULL, recording_free_gb BIGINT NOT NULL,
                storage_per_gb_month_minor BIGINT NOT NULL, vat_basis_points BIGINT NOT NULL, cancelled_at BIGINT)
            """,
            "CREATE UNIQUE INDEX price_lists_by_date ON price_lists (effective_at) WHERE cancelled_at IS NULL",
        ]
    }

    /// What was announced before is as it was then: calls to SIP URIs were not possible.
    static let sipMigration = Migration(number: 662, name: "price of SIP URIs") { _ in
        ["ALTER TABLE price_lists ADD COLUMN sip_per_min_minor BIGINT NOT NULL DEFAULT 0"]
    }

    /// Far more changes than there are in a business's life.
    private static let most = 1000

    static func history(builtIn: PriceList, in tx: SQLTransaction) throws -> PriceHistory {
        let rows = try tx.rows(
            "SELECT * FROM price_lists WHERE cancelled_at IS NULL ORDER BY effective_at DESC LIMIT $1",
            [most]
        )
        return PriceHistory(
            builtIn: builtIn,
            lists: try rows.reversed().map(dated),
            sheets: try RateTable.headers(limit: most, in: tx)
        )
    }

    static func insert(_ dated: PriceHistory.Dated, in tx: SQLTransaction) throws {
        let list = dated.list
        try tx.execute(
            """
            INSERT INTO price_lists (id, effective_at, announced_at, number_monthly_minor, outbound_per_min_minor,
                inbound_per_min_minor, recording_free_gb, storage_per_gb_month_minor, vat_basis_points,
                sip_per_min_minor)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                dated.id, list.updatedAt, dated.announcedAt, list.numberMonthlyMinor, list.outboundPerMinuteMinor,
                list.inboundPerMinuteMinor, list.recordingFreeGB, list.storagePerGBMonthMinor, list.vatBasisPoints,
                list.sipPerMinuteMinor,
            ]
        )
    }

    static func cancel(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE price_lists SET cancelled_at = $1 WHERE id = $2", [now, id])
    }

    private static func dated(_ row: Row) throws -> PriceHistory.Dated {
        var list = PriceList()
        list.numberMonthlyMinor = try row.get("number_monthly_minor")
        list.outboundPerMinuteMinor = try row.get("outbound_per_min_minor")
        list.inboundPerMinuteMinor = try row.get("inbound_per_min_minor")
        list.sipPerMinuteMinor = try row.get("sip_per_min_minor")
        list.recordingFreeGB = try row.get("recording_free_gb")
        list.storagePerGBMonthMinor = try row.get("storage_per_gb_month_minor")
        list.vatBasisPoints = try row.get("vat_basis_points")
        list.updatedAt = try row.get("effective_at")
        return PriceHistory.Dated(id: try row.get("id"), list: list, announcedAt: try row.get("announced_at"))
    }
}
