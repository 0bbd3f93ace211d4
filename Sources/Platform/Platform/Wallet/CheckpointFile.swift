package import Foundation
package import Ledger
import Primitives

/// A checkpoint as a JSON file, each posting on a line of its own. It is one text only: a file that reads the same
/// but is spelled otherwise is refused, so nothing can hide in it.
package enum CheckpointFile {
    /// All of the file.
    package static func text(_ checkpoint: LedgerCheckpoint) -> String {
        head(checkpoint) + checkpoint.lines.map(line).joined(separator: ",") + tail(checkpoint)
    }

    /// The file up to its first posting.
    package static func head(_ checkpoint: LedgerCheckpoint) -> String {
        let span = checkpoint.span
        let members: JSONValue = [
            "format": .string(LedgerCheckpoint.format), "workspace_id": .string(span.account.workspaceID.uuidString),
            "currency": .string(span.account.currency.code), "month": .string(span.month),
            "from": JSONValue.string(span.from.rfc3339), "to": JSONValue.string(span.to.rfc3339),
            "previous_hash": .string(checkpoint.opening.hash.hexString),
            "opening_balance_minor": .integer(checkpoint.opening.balanceMinor),
        ]
        return members.text.dropLast() + ",\"lines\":["
    }

    /// A posting; commas go between them.
    package static func line(_ line: CheckpointLine) -> String {
        let posting = line.posting
        let members: JSONValue = [
            "id": .string(posting.entryID.rendered(prefix: "txn")), "type": .string(posting.kind.rawValue),
            "change_minor": .integer(posting.amountMinor),
            "balance_after_minor": .integer(posting.balanceAfterMinor),
            "reference_id": JSONValue(posting.referenceID?.uuidString), "description": .string(posting.description),
            "created_at": .string(posting.postedAt.rfc3339), "hash": .string(line.hash.hexString),
        ]
        return "\n" + members.text
    }

    /// The file from its last posting on.
    package static func tail(_ checkpoint: LedgerCheckpoint) -> String {
        let members: JSONValue = [
            "closing_balance_minor": .integer(checkpoint.closing.balanceMinor),
            "closing_hash": .string(checkpoint.closing.hash.hexString),
            "public_key": .string(checkpoint.publicKey.hexString),
            "signature": .string(checkpoint.signature.hexString),
        ]
        return "\n]," + members.text.dropFirst() + "\n"
    }

    /// Reads a file and proves everything in it, whatever bytes it has.
    ///
    /// - Parameter expectedKey: the server's public key from a place that is trusted; 32 bytes.
    /// - Throws: the first `CheckpointFault`.
    package static func verify(_ data: Data, expectedKey: [UInt8]? = nil) throws(CheckpointFault) -> LedgerCheckpoint {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: data)
        } catch {
            throw .unreadable("it is not JSON, or not whole")
        }
        let checkpoint = try CheckpointReader(document).checkpoint()
        try checkpoint.verify(expectedKey: expectedKey)
        guard Array(text(checkpoint).utf8) == [UInt8](data) else {
            throw .unreadable("its content holds, but not every byte is as the server writes it. Save it as it comes.")
        }
        return checkpoint
    }
}
