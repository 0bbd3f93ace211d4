/// How a PostgreSQL transaction is isolated; SQLite has one writer, so every write is serial there.
package enum Isolation: Sendable {
    /// As if transactions ran one after another; a conflict runs the closure again.
    case serializable
    /// Each statement sees what is committed; for work that locks the rows it takes.
    case readCommitted
}
