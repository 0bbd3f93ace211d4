import Crypto
import Foundation
import Primitives

/// The chain of hashes over an account's postings, from the very first: SHA-256 over the hash before (32 bytes) and a
/// text of the posting in UTF-8, its fields on lines of their own, the description last since it may have lines
/// itself.
package enum CheckpointChain {
    /// What the first posting follows; another one for every account.
    package static func start(of account: AccountReference) -> [UInt8] {
        hash([LedgerCheckpoint.format, account.workspaceID.uuidString, account.kind.rawValue, account.currency.code])
    }

    /// The hash of a posting that follows what has the hash `previous`.
    package static func hash(of posting: AccountPosting, after previous: [UInt8]) -> [UInt8] {
        hash(
            [
                posting.entryID.uuidString, posting.kind.rawValue, String(posting.amountMinor),
                String(posting.balanceAfterMinor), posting.referenceID?.uuidString ?? "-", posting.description,
            ],
            after: previous
        )
    }

    private static func hash(_ fields: [String], after previous: [UInt8] = []) -> [UInt8] {
        [UInt8](SHA256.hash(data: previous + Array(fields.joined(separator: "\n").utf8)))
    }
}
