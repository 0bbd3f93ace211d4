/// A posting in a checkpoint, with the hash that ties it to everything before it.
package struct CheckpointLine: Sendable, Equatable {
    /// The posting, its amounts seen from the account's normal side.
    package let posting: AccountPosting
    /// 32 bytes.
    package let hash: [UInt8]

    /// Puts both together.
    package init(posting: AccountPosting, hash: [UInt8]) {
        self.posting = posting
        self.hash = hash
    }
}
