package import Primitives

/// What is wrong with a checkpoint: the first thing that was found. Lines count from 1.
package enum CheckpointFault: Error, Equatable, CustomStringConvertible {
    /// The file is not a checkpoint, and why.
    case unreadable(String)
    /// A line is not after the one before it, or not in the month.
    case outOfOrder(line: Int, id: Identifier)
    /// A line's balance is not the one before plus its amount.
    case wrongBalance(line: Int, id: Identifier)
    /// A line is not what was hashed, or does not follow the line before it.
    case wrongHash(line: Int, id: Identifier)
    /// The closing balance is not that of the last line; minor units.
    case wrongClosingBalance(statedMinor: Int64, foundMinor: Int64)
    /// The closing hash is not that of the last line: lines are missing at the end, or there are too many.
    case wrongClosingHash
    /// It was not signed like this with the key that it names.
    case wrongSignature
    /// It names another key than the expected one; lower-case hexadecimal.
    case otherKey(found: String)

    /// For people.
    package var description: String {
        switch self {
        case .unreadable(let why): "the file is not a checkpoint: \(why)"
        case .outOfOrder(let line, let id):
            "line \(line) (\(Self.name(id))) is not after the line before it, or not of this month"
        case .wrongBalance(let line, let id):
            "line \(line) (\(Self.name(id))): its balance is not the balance before it plus its amount"
        case .wrongHash(let line, let id):
            "line \(line) (\(Self.name(id))) was changed, or what was before it was: its hash is another"
        case .wrongClosingBalance(let stated, let found):
            "the closing balance is \(stated), but the lines end with \(found)"
        case .wrongClosingHash:
            "the closing hash is not that of the last line: lines were taken away or added at the end"
        case .wrongSignature: "the signature is not that of this content by the key in the file"
        case .otherKey(let found): "the file is signed with another key: \(found)"
        }
    }

    private static func name(_ id: Identifier) -> String { id.rendered(prefix: "txn") }
}
