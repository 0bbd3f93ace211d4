/// What can go wrong below the business. Messages carry the engine's words but never argument values.
package enum DatabaseError: Error, Equatable {
    /// The engine cannot be reached or cannot store (disk full, gone, closed, queue full); nothing was written; worth trying again.
    case unavailable(String)
    /// A unique constraint or index was violated; the text names it or its columns.
    case uniqueViolation(String)
    /// Another constraint was violated (foreign key, check, not null).
    case constraintViolation(String)
    /// The connection was lost while COMMIT was under way: the write may or may not have happened.
    case inDoubt(String)
    /// Concurrent writers kept colliding through every retry.
    case serialisationFailure(String)
    /// A statement that changes rows was run in a read.
    case readOnly(String)
    /// A trigger refused the statement, such as an edit of an append-only table.
    case refused(String)
    /// A column held another type than asked for.
    case decoding(String)
    /// The stored migrations differ from the program's.
    case migration(String)
    /// Any other error of the engine, usually a mistake in SQL.
    case statement(String)
}
