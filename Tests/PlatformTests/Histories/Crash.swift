import Database
import Primitives
import TestSupport

/// Processes that die between any two statements, or after a commit that they never hear of.
enum Crash {
    /// A share of all transactions, repeatable but for the order in which tasks come.
    static func plan(seed: UInt64, percent: Int) -> @Sendable () -> TransactionFailure? {
        let random = Locked(SplitMix64(seed: seed))
        return {
            random.withLock { random in
                guard Int.random(in: 0..<100, using: &random) < percent else { return nil }
                let statement = Int.random(in: -4..<20, using: &random)
                return statement < 0 ? .afterCommit : .beforeStatement(statement)
            }
        }
    }

    /// Asks again after each crash, as a client does whose connection broke.
    static func retrying<T: Sendable>(_ work: @Sendable () async throws -> T) async throws -> T {
        for _ in 0..<100 {
            do { return try await work() } catch is TransactionFailure { continue }
        }
        throw WaitingTimeout(what: "a hundred crashes in a row")
    }
}
