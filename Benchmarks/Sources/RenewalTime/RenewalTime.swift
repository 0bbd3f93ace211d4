import Crypto
import Database
import Foundation
import Ledger
import Logging
import Platform
import Primitives
import Synchronization

/// Seconds that the renewal of `ROWS` numbers takes on PostgreSQL, five to a workspace, and the resident memory before it and
/// at its highest: `renewal-time URL ROWS`. Prints one JSON object.
@main
struct RenewalTime {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let rows = Int(arguments[2]), rows >= 5 else {
            print("usage: renewal-time URL ROWS")
            return
        }
        let logger = Logger(label: "bench")
        let clock = ManualWallClock()
        let context = PlatformContext(
            database: try await Database.open(
                .postgres(arguments[1]),
                migrations: PlatformSchema.migrations,
                logger: logger
            ),
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            logger: logger
        )
        let store = RenewalStore(context, workspaces: rows / 5)
        try await store.fill()
        clock.advance(by: .seconds(4 * 86_400))
        let before = Memory.residentKiB()
        let highest = Mutex(before)
        let sampling = Task {
            while !Task.isCancelled {
                highest.withLock { $0 = max($0, Memory.residentKiB()) }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        let start = ContinuousClock.now
        let report = try await RenewRentals(context)()
        let seconds = Double((ContinuousClock.now - start).wholeMilliseconds) / 1000
        sampling.cancel()
        let owed = try await store.owed()
        await context.database.close()
        print(
            """
            {"seconds": \(seconds), "renewed": \(report.renewed), "charged_minor": \(owed), \
            "before_kib": \(before), "highest_kib": \(highest.withLock { $0 })}
            """
        )
    }
}
