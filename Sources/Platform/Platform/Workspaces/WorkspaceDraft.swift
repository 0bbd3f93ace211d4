import Database
import Ledger
import Primitives

/// A workspace about to be made: what its maker chose; the rest is made up here.
struct WorkspaceDraft {
    let name: String
    let email: String
    var country = "KE"
    var currency = Currency.kes
    /// The live workspace that this is to be the test twin of.
    var liveID: Identifier?

    private static let tries = 8
    /// Without the letters that are mistaken for others when they are read out or typed.
    /// Without 0, 1, I and O, which people take for each other.
    static let referenceAlphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    /// What is wrong with a name.
    static func faults(name: String, field: String) -> [FieldFault] {
        let isShown = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        if (1...100).contains(name.count), isShown, name.contains(where: { !$0.isWhitespace }) { return [] }
        return [FieldFault(field, "A name has 1 to 100 characters.")]
    }

    /// Stores the workspace with a slug and an M-Pesa reference that nobody else has.
    ///
    /// - Throws: `DatabaseError`.
    func insert(_ context: PlatformContext, at now: Timestamp, in tx: SQLTransaction) throws -> Workspace {
        for attempt in 0..<Self.tries {
            let workspace = Workspace(
                id: context.ids.next(),
                name: name,
                email: email,
                slug: slug(attempt, context.ids),
                country: country,
                currency: currency,
                mpesaAccountReference: Self.reference(context.ids),
                status: .active,
                lowBalanceThresholdMinor: 0,
                createdAt: now,
                liveID: liveID
            )
            if try WorkspaceTable.insert(workspace, in: tx) { return workspace }
        }
        throw DatabaseError.statement("no slug was free after \(Self.tries) tries")
    }

    /// The name in lower-case letters, digits and hyphens; with random digits behind it when that is taken.
    private func slug(_ attempt: Int, _ ids: any IdentifierSource) -> String {
        var letters: [UInt8] = []
        for byte in name.lowercased().utf8 {
            let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            if isPlain { letters.append(byte) } else if letters.last != 0x2D { letters.append(0x2D) }
        }
        let words = String(decoding: letters.prefix(48), as: UTF8.self).split(separator: "-").joined(separator: "-")
        let base = (words.isEmpty ? "workspace" : words) + (liveID == nil ? "" : "-test")
        return attempt == 0 ? base : base + "-" + ids.secret(byteCount: 3).hexString
    }

    /// `TS-` and eight letters or digits (seed: `mpesa_account_ref`).
    private static func reference(_ ids: any IdentifierSource) -> String {
        let letters = ids.secret(byteCount: 8).map { referenceAlphabet[Int($0 & 31)] }
        return "TS-" + String(decoding: letters, as: UTF8.self)
    }
}
