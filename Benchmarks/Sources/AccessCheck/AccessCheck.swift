import Crypto
import Database
import Foundation
import Logging
import Platform
import Primitives

/// Microseconds of this process' CPU for a check of a key and of a session, in a database that holds `ROWS` of both:
/// `access-check sqlite PATH ROWS` or `access-check postgresql URL ROWS`. Prints one JSON object.
///
/// Their secrets are `prefix` and the row's index in 32 digits. A cold check is of a secret that nobody has asked for before,
/// a busy one is such a check by one of 16 callers at once, and a warm one is of the same secret again and again.
@main
struct AccessCheck {
    private static let (rounds, coldChecks, warmChecks) = (5, 20_000, 200_000)
    private static let callers = 16

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, ["sqlite", "postgresql"].contains(arguments[1]), let rows = Int(arguments[3]) else {
            print("usage: access-check sqlite PATH ROWS | postgresql URL ROWS")
            return
        }
        let context = try await open(arguments[1] == "sqlite" ? .sqlite(path: arguments[2]) : .postgres(arguments[2]))
        let (keys, sessions) = (AuthenticateKey(context), AuthenticateSession(context))
        let key = CheckWork(prefix: "tsk_live_", rows: rows) { _ = try await keys($0) }
        let session = CheckWork(prefix: "session_", rows: rows) { _ = try await sessions($0) }
        var cost: [String: [Double]] = [:]
        // In turn, so that a machine that slows down slows all; the first round only warms up.
        for round in 0...rounds {
            let found = [
                "key_cold": try await key.cold(coldChecks, turn: 2 * round, callers: 1),
                "session_cold": try await session.cold(coldChecks, turn: 2 * round, callers: 1),
                "key_busy": try await key.cold(coldChecks, turn: 2 * round + 1, callers: callers),
                "session_busy": try await session.cold(coldChecks, turn: 2 * round + 1, callers: callers),
                "use_stored": try await CheckWork.microseconds(of: CheckWork.storedUses) { try await keys.storeUses() },
                "key_warm": try await key.warm(warmChecks),
                "session_warm": try await session.warm(warmChecks),
            ]
            if round > 0 { cost.merge(found.mapValues { [$0] }) { $0 + $1 } }
        }
        await context.database.close()
        print(String(decoding: try JSONEncoder().encode(cost), as: UTF8.self))
    }

    private static func open(_ location: DatabaseLocation) async throws -> PlatformContext {
        let logger = Logger(label: "bench")
        return PlatformContext(
            database: try await Database.open(location, migrations: PlatformSchema.migrations, logger: logger),
            clock: SystemWallClock(),
            ids: SystemIdentifierSource(),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            logger: logger
        )
    }
}
