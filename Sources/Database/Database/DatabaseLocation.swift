/// Where the data is.
package enum DatabaseLocation: Sendable, Equatable {
    /// A SQLite file, made if it is not there.
    case sqlite(path: String)
    /// A libpq connection string: `postgres://user@host/name` or `host=… dbname=…`. May hold a password: never logged.
    case postgres(String)
}
