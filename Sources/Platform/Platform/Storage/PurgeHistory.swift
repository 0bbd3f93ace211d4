import Database
import Primitives

/// Forgets what is older than the history that is kept, in batches that keep nobody waiting.
struct PurgeHistory: Sendable {
    let context: PlatformContext
    let isolation: Isolation
    /// Removes some rows that were made before an id, and says how many; none when nothing is left.
    let removeBatch: @Sendable (Identifier, SQLTransaction) throws -> Int

    /// Removes all that is due and returns how many rows that were.
    func callAsFunction() async throws -> Int {
        let bound = Identifier.first(at: context.serverClock.now() - context.settings.historyLifetime)
        var total = 0
        while !Task.isCancelled {
            let count = try await context.database.write(isolation: isolation) { try removeBatch(bound, $0) }
            if count == 0 { break }
            total += count
        }
        return total
    }
}
