import Ledger
import Primitives

/// Reads a checkpoint from JSON; total: whatever the document is, the answer is a checkpoint or what it lacks.
struct CheckpointReader {
    private let document: JSONValue

    init(_ document: JSONValue) {
        self.document = document
    }

    func checkpoint() throws(CheckpointFault) -> LedgerCheckpoint {
        guard try text("format", in: document) == LedgerCheckpoint.format else {
            throw .unreadable("its format is not \(LedgerCheckpoint.format)")
        }
        guard case .array(let rows)? = document["lines"] else { throw .unreadable("'lines' is missing") }
        var lines: [CheckpointLine] = []
        for (index, row) in rows.enumerated() { lines.append(try line(row, number: index + 1)) }
        return LedgerCheckpoint(
            span: try span(),
            opening: try state("previous_hash", "opening_balance_minor"),
            lines: lines,
            closing: try state("closing_hash", "closing_balance_minor"),
            publicKey: try bytes("public_key", in: document),
            signature: try bytes("signature", in: document)
        )
    }

    private func span() throws(CheckpointFault) -> CheckpointSpan {
        guard let currency = Currency(try text("currency", in: document)) else {
            throw .unreadable("its currency is unknown")
        }
        let owner = try id("workspace_id", in: document)
        return CheckpointSpan(
            account: AccountReference(workspaceID: owner, kind: .wallet, currency: currency),
            month: try text("month", in: document),
            from: try moment("from"),
            to: try moment("to")
        )
    }

    private func state(_ hash: String, _ balance: String) throws(CheckpointFault) -> CheckpointState {
        CheckpointState(
            hash: try bytes(hash, in: document),
            balanceMinor: try integer(balance, in: document)
        )
    }

    private func line(_ row: JSONValue, number: Int) throws(CheckpointFault) -> CheckpointLine {
        let place = "line \(number): "
        guard let kind = EntryKind(rawValue: try text("type", in: row, place)) else {
            throw .unreadable("\(place)its type is unknown")
        }
        let reference: Identifier? =
            if case .null? = row["reference_id"] { nil } else { try id("reference_id", in: row, place) }
        let posting = AccountPosting(
            entryID: try id("id", in: row, place),
            kind: kind,
            amountMinor: try integer("change_minor", in: row, place),
            balanceAfterMinor: try integer("balance_after_minor", in: row, place),
            description: try text("description", in: row, place),
            referenceID: reference
        )
        return CheckpointLine(posting: posting, hash: try bytes("hash", in: row, place))
    }

    private func text(_ name: String, in object: JSONValue, _ place: String = "") throws(CheckpointFault) -> String {
        guard let text = object[name]?.stringValue else { throw .unreadable("\(place)'\(name)' is not a text") }
        return text
    }

    private func integer(_ name: String, in object: JSONValue, _ place: String = "") throws(CheckpointFault) -> Int64 {
        guard let value = object[name]?.integer else { throw .unreadable("\(place)'\(name)' is not a whole number") }
        return value
    }

    private func bytes(_ name: String, in object: JSONValue, _ place: String = "") throws(CheckpointFault) -> [UInt8] {
        guard let bytes = [UInt8](hexString: try text(name, in: object, place)) else {
            throw .unreadable("\(place)'\(name)' is not hexadecimal")
        }
        return bytes
    }

    private func id(_ name: String, in object: JSONValue, _ place: String = "") throws(CheckpointFault) -> Identifier {
        guard let id = Identifier(parsing: try text(name, in: object, place)) else {
            throw .unreadable("\(place)'\(name)' is not an id")
        }
        return id
    }

    private func moment(_ name: String) throws(CheckpointFault) -> Timestamp {
        guard let moment = Timestamp(rfc3339: try text(name, in: document)) else {
            throw .unreadable("'\(name)' is not a time")
        }
        return moment
    }
}
