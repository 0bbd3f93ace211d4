/// How a transaction ends when the process dies in the middle of its work, for tests of what that leaves behind.
package enum TransactionFailure: Error, Sendable {
    /// Before its statement of this number, from 0; one with fewer statements commits. Nothing is written.
    case beforeStatement(Int)
    /// After its commit, whose answer nobody hears.
    case afterCommit
}
