import Logging
import Platform

/// Writes what must not be lost: tried until the database takes it.
struct Persistence: Sendable {
    private static let firstWait: Duration = .milliseconds(50)
    private static let longestWait: Duration = .seconds(5)

    let logger: Logger

    /// What `work` gives, however long the database is away; nil when it refuses the work itself, or the task is cancelled.
    func untilStored<T: Sendable>(_ what: String, _ work: () async throws -> T) async -> T? {
        var wait = Self.firstWait
        while true {
            do {
                return try await work()
            } catch let error as PlatformError where error.code.category != .unavailable {
                logger.error("a call's \(what) is refused", metadata: ["error": "\(error)"])
                return nil
            } catch {
                logger.error("a call's \(what) waits for the database", metadata: ["error": "\(error)"])
                do { try await Task.sleep(for: wait) } catch { return nil }
                wait = min(wait * 2, Self.longestWait)
            }
        }
    }
}
