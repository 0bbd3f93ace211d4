/// Where an account's postings have come to at a moment.
package struct CheckpointState: Sendable, Equatable {
    /// The hash of the last posting, or the start of the chain; 32 bytes.
    package var hash: [UInt8]
    /// The balance in minor units, seen from the account's normal side.
    package var balanceMinor: Int64

    /// Puts both together.
    package init(hash: [UInt8], balanceMinor: Int64) {
        self.hash = hash
        self.balanceMinor = balanceMinor
    }

    /// Before the first posting of an account.
    package static func start(of account: AccountReference) -> CheckpointState {
        CheckpointState(hash: CheckpointChain.start(of: account), balanceMinor: 0)
    }

    /// The state after one more posting.
    package func after(_ posting: AccountPosting) -> CheckpointState {
        CheckpointState(
            hash: CheckpointChain.hash(of: posting, after: hash),
            balanceMinor: posting.balanceAfterMinor
        )
    }
}
