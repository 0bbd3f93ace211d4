/// The limits of a database, each with its default.
package struct DatabaseSettings: Sendable {
    /// Connections for reading (SQLite) or for everything (PostgreSQL). Default 8.
    package var poolSize = 8
    /// Writers that may wait for their turn; one more is refused as unavailable. Default 10,000.
    package var writeQueueLimit = 10_000
    /// Writers that share one COMMIT on SQLite. Default 256.
    package var groupCommitLimit = 256
    /// How far apart commits on SQLite are kept while several writers are about; they share what comes between. Default 4 ms.
    package var commitInterval: Duration = .milliseconds(4)
    /// How long SQLite waits for another process's lock. Default 5 s.
    package var busyTimeout: Duration = .seconds(5)
    /// How long PostgreSQL may work on one statement. Default 30 s.
    package var statementTimeout: Duration = .seconds(30)
    /// How long a connection attempt to PostgreSQL may take. Default 5 s.
    package var connectTimeout: Duration = .seconds(5)
    /// Times that a closure runs again after a serialisation failure. Default 20.
    package var serialisationRetries = 20

    /// Makes the default limits.
    package init() {}
}
