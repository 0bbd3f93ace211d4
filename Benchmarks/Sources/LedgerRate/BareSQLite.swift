import Foundation
import GRDB
import Primitives

/// SQLite by itself: one connection, cached statements, 64 entries a transaction as 64 writers would share one.
struct BareSQLite: BareEngine {
    private static let group = 64
    private let queue: DatabaseQueue

    init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    func rate(_ count: Int, _ owners: [Identifier]) async throws -> Double {
        let start = ContinuousClock.now
        let ids = SystemIdentifierSource()
        for block in 0..<(count / Self.group) {
            try await queue.write { db in
                for index in 0..<Self.group {
                    try Self.post(owners[(block * Self.group + index) % owners.count], ids, in: db)
                }
            }
        }
        return Double(count / Self.group * Self.group) / BareStatements.seconds(since: start)
    }

    private static func post(_ owner: Identifier, _ ids: SystemIdentifierSource, in db: Database) throws {
        let id = bytes(ids.next())
        let now = SystemWallClock().now().millisecondsSinceEpoch
        _ = try Row.fetchOne(
            try db.cachedStatement(sql: BareStatements.entry),
            arguments: [id, ids.next().uuidString, "call_charge", "bench", nil, 235, now]
        )
        let accounts = BareStatements.movements.flatMap { kind, amount -> [(any DatabaseValueConvertible)?] in
            [bytes(ids.next()), bytes(owner), kind, "KES", amount, id]
        }
        let rows = try Row.fetchAll(
            try db.cachedStatement(sql: BareStatements.accounts),
            arguments: StatementArguments(accounts)
        )
        var postings: StatementArguments = []
        for (row, movement) in zip(rows, BareStatements.movements) {
            let (account, balance): (Data, Int64) = (row["id"], row["balance_minor"])
            postings += [id, account, movement.amount, balance]
        }
        try db.cachedStatement(sql: BareStatements.postings).execute(arguments: postings)
        try db.cachedStatement(sql: BareStatements.outbox).execute(arguments: [bytes(ids.next()), "{}"])
    }

    private static func bytes(_ id: Identifier) -> Data { Data(id.bytes) }
}
