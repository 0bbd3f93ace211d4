package import Database

/// Proves that the counters of stored bytes are what the recordings add up to.
package enum CheckStorage {
    /// All that is off, for people; at most 1,000. Run it in one read.
    ///
    /// - Throws: `DatabaseError`.
    package static func differences(in tx: SQLTransaction) throws -> [String] {
        try StorageTable.differences(in: tx).map {
            "workspace \($0.workspaceID): \($0.counted) bytes of recordings are counted, and there are \($0.real)"
        }
    }
}
