/// What the statements of one read see.
package enum Snapshot: Sendable {
    /// All see the database as it was when the first of them began.
    case shared
    /// Each sees what is committed when it begins: enough for a read of one statement, which then costs PostgreSQL half.
    case perStatement
}
