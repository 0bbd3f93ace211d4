import Database
import Foundation
import Ledger
import Logging
import Primitives

/// Ledger transactions a second through the product, and the same statements on the bare engine (GRDB, libpq) in the same
/// process and the same tables: `ledger-rate sqlite PATH WALLETS` or `ledger-rate postgresql URL WALLETS`, with a wallet for each writer when it is 0.
/// Prints one JSON object.
@main
struct LedgerRate {
    private static let transactions = 6000

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, ["sqlite", "postgresql"].contains(arguments[1]), let wallets = Int(arguments[3]),
            wallets >= 0
        else {
            print("usage: ledger-rate sqlite PATH WALLETS | postgresql URL WALLETS")
            return
        }
        let isSQLite = arguments[1] == "sqlite"
        let location: DatabaseLocation = isSQLite ? .sqlite(path: arguments[2]) : .postgres(arguments[2])
        let outbox = Migration(number: 900, name: "outbox") { dialect in
            ["CREATE TABLE bench_outbox (id \(dialect.bytes) PRIMARY KEY, body TEXT NOT NULL)"]
        }
        let database = try await Database.open(
            location,
            migrations: LedgerSchema.migrations + [outbox],
            logger: Logger(label: "bench")
        )
        let ids = SystemIdentifierSource()
        let owners = (0..<(wallets == 0 ? LedgerWork.writers(isSQLite: isSQLite) : wallets)).map { _ in ids.next() }
        let work = LedgerWork(database: database, isSQLite: isSQLite, owners: owners)
        let engine: any BareEngine = isSQLite ? try BareSQLite(path: arguments[2]) : BarePostgreSQL(url: arguments[2])
        var product: [Double] = []
        var bare: [Double] = []
        // In turn, so that a machine that slows down slows both; the first round only warms up.
        for round in 0..<4 {
            let (ours, theirs) = (try await work.product(transactions), try await engine.rate(transactions, owners))
            if round > 0 {
                product.append(ours)
                bare.append(theirs)
            }
        }
        await database.close()
        print("{\"product_per_second\": \(product), \"bare_per_second\": \(bare)}")
    }
}
