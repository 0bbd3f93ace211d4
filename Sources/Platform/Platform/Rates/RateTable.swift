import Database
import Ledger
import Primitives

/// All SQL of rate sheets. What is in a sheet never changes.
enum RateTable {
    static let migration = Migration(number: 224, name: "rates") { dialect in
        [
            """
            CREATE TABLE rate_sheets (
                id \(dialect.bytes) PRIMARY KEY, effective_at BIGINT NOT NULL, announced_at BIGINT NOT NULL,
                rate_count BIGINT NOT NULL, cancelled_at BIGINT)
            """,
            "CREATE UNIQUE INDEX rate_sheets_by_date ON rate_sheets (effective_at) WHERE cancelled_at IS NULL",
            """
            CREATE TABLE rates (
                sheet_id \(dialect.bytes) NOT NULL REFERENCES rate_sheets (id), prefix TEXT NOT NULL,
                country TEXT NOT NULL, destination TEXT NOT NULL, per_minute_minor BIGINT NOT NULL,
                PRIMARY KEY (sheet_id, prefix))\(dialect.clustered)
            """,
        ]
    }

    private static let columns = "prefix, country, destination, per_minute_minor"
    /// Rows of one statement.
    private static let batch = 100

    /// All that were not called off, by when they begin; the last ones when there are more than `limit`.
    static func headers(limit: Int, in tx: SQLTransaction) throws -> [RateSheetHeader] {
        try tx.rows(
            "SELECT * FROM rate_sheets WHERE cancelled_at IS NULL ORDER BY effective_at DESC LIMIT $1",
            [limit]
        ).reversed().map { row in
            RateSheetHeader(
                id: try row.get("id"),
                effectiveAt: try row.get("effective_at"),
                announcedAt: try row.get("announced_at"),
                count: try row.get("rate_count")
            )
        }
    }

    static func insert(_ header: RateSheetHeader, _ rates: [Rate], in tx: SQLTransaction) throws {
        try tx.execute(
            "INSERT INTO rate_sheets (id, effective_at, announced_at, rate_count) VALUES ($1, $2, $3, $4)",
            [header.id, header.effectiveAt, header.announcedAt, header.count]
        )
        for start in stride(from: 0, to: rates.count, by: batch) {
            try insert(rates[start..<min(start + batch, rates.count)], into: header.id, in: tx)
        }
    }

    static func cancel(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE rate_sheets SET cancelled_at = $1 WHERE id = $2", [now, id])
    }

    /// All rates of a sheet.
    static func rates(of header: RateSheetHeader, in tx: SQLTransaction) throws -> [Rate] {
        try tx.rows("SELECT \(columns) FROM rates WHERE sheet_id = $1 ORDER BY prefix", [header.id]).map(rate)
    }

    /// The rate of a number in a sheet that is not in memory, found by all prefixes that the number has.
    static func rate(of number: String, in header: RateSheetHeader, in tx: SQLTransaction) throws -> Rate? {
        let digits = number.drop { $0 == "+" }.prefix(Rate.longestPrefix)
        let prefixes = digits.indices.map { String(digits[...$0]) }
        if prefixes.isEmpty { return nil }
        let places = prefixes.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
        let values: [any SQLEncodable] = [header.id] + prefixes
        return try tx.first(
            """
            SELECT \(columns) FROM rates WHERE sheet_id = $1 AND prefix IN (\(places))
            ORDER BY LENGTH(prefix) DESC LIMIT 1
            """,
            values
        ).map(rate)
    }

    private static func insert(_ rates: ArraySlice<Rate>, into id: Identifier, in tx: SQLTransaction) throws {
        var rows: [String] = []
        var values: [any SQLEncodable] = [id]
        for rate in rates {
            let first = values.count + 1
            rows.append("($1, $\(first), $\(first + 1), $\(first + 2), $\(first + 3))")
            values += [rate.prefix, rate.country, rate.destination, rate.perMinuteMinor] as [any SQLEncodable]
        }
        try tx.execute("INSERT INTO rates (sheet_id, \(columns)) VALUES \(rows.joined(separator: ", "))", values)
    }

    private static func rate(_ row: Row) throws -> Rate {
        Rate(
            prefix: try row.get("prefix"),
            country: try row.get("country"),
            destination: try row.get("destination"),
            perMinuteMinor: try row.get("per_minute_minor")
        )
    }
}
