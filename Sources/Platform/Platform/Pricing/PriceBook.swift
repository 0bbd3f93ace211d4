import Database
import Primitives
import Synchronization

/// Prices and rates in memory, so that placing a call and claiming a number ask no table for them.
///
/// What is remembered is never older than `priceCacheLifetime`, and whatever begins or is called off does so at the earliest
/// `priceLead` later, which is longer: so at any moment all nodes know what is in force, whoever read last.
package final class PriceBook: Sendable {
    private struct Known {
        let history: PriceHistory
        let readAt: Timestamp
        let changeCount: Int
    }

    private struct State {
        var known: Known?
        /// Sheets never change, so each is read once, by whoever asks first.
        var sheets: [Identifier: Task<RateSheet, any Error>] = [:]
    }

    /// The sheet in force, and one that is about to be or that quotes ask for.
    private static let mostSheets = 2

    private let database: Database
    private let clock: any WallClock
    private let settings: PlatformSettings
    private let state = Mutex(State())

    init(database: Database, clock: any WallClock, settings: PlatformSettings) {
        (self.database, self.clock, self.settings) = (database, clock, settings)
    }

    /// All that is known, read in the caller's transaction when it must be. That transaction must not have changed prices.
    ///
    /// - Throws: `DatabaseError`.
    func history(in tx: SQLTransaction) throws -> PriceHistory {
        // Counted and timed before the tables are read: a change in between makes the answer stale at once.
        let (now, changeCount) = (clock.now(), database.changeCount(of: Channel.prices))
        if let history = remembered(at: now, changeCount) { return history }
        let history = try PriceTable.history(builtIn: settings.prices, in: tx)
        state.withLock { $0.known = Known(history: history, readAt: now, changeCount: changeCount) }
        return history
    }

    /// The same outside of a transaction.
    ///
    /// - Throws: `DatabaseError`.
    package func history() async throws -> PriceHistory {
        let changeCount = database.changeCount(of: Channel.prices)
        if let history = remembered(at: clock.now(), changeCount) { return history }
        return try await database.read { try self.history(in: $0) }
    }

    /// The rates of a sheet.
    ///
    /// - Throws: `DatabaseError`.
    func sheet(_ header: RateSheetHeader) async throws -> RateSheet {
        let task = state.withLock { state in
            if let task = state.sheets[header.id] { return task }
            if state.sheets.count >= Self.mostSheets { state.sheets = [:] }
            let task = Task { [database] in
                try await database.read { RateSheet(header.effectiveAt, try RateTable.rates(of: header, in: $0)) }
            }
            state.sheets[header.id] = task
            return task
        }
        do {
            return try await task.value
        } catch {
            state.withLock { $0.sheets[header.id] = nil }
            throw error
        }
    }

    private func remembered(at now: Timestamp, _ changeCount: Int) -> PriceHistory? {
        guard let known = state.withLock(\.known), known.changeCount == changeCount, known.readAt <= now,
            now < known.readAt + settings.priceCacheLifetime
        else { return nil }
        return known.history
    }
}
