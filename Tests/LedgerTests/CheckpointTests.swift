import Crypto
import Foundation
import Ledger
import Primitives
import Testing

/// A checkpoint proves itself, and nothing in it can be changed unseen.
@Suite struct CheckpointTests {
    static let key = Curve25519.Signing.PrivateKey()
    static let ids = SeededIdentifierSource(seed: 3, clock: ManualWallClock())
    static let owner = ids.next()
    static let account = AccountReference(workspaceID: owner, kind: .wallet, currency: .kes)
    static let start = ManualWallClock().now()

    private static func posting(_ amount: Int64, _ balance: Int64, _ text: String = "x") -> AccountPosting {
        AccountPosting(
            entryID: ids.next(),
            kind: amount < 0 ? .callCharge : .topup,
            amountMinor: amount,
            balanceAfterMinor: balance,
            description: text,
            referenceID: amount < 0 ? ids.next() : nil
        )
    }

    private static func checkpoint() throws -> LedgerCheckpoint {
        var opening = CheckpointState.start(of: account)
        opening = opening.after(posting(10_000, 10_000))
        var balance = opening.balanceMinor
        let postings = [-235, 500, -300, -1, 77].map { (amount: Int64) in
            balance += amount
            return posting(amount, balance, "two\nlines")
        }
        let span = CheckpointSpan(
            account: account,
            month: "2026-06",
            from: start - .seconds(86_400),
            to: start + .seconds(86_400)
        )
        return try LedgerCheckpoint(span, opening: opening, postings: postings, key: key)
    }

    private func fault(_ checkpoint: LedgerCheckpoint, _ expectedKey: [UInt8]? = nil) -> CheckpointFault? {
        do {
            try checkpoint.verify(expectedKey: expectedKey)
            return nil
        } catch {
            return error
        }
    }

    private func changed(
        _ posting: AccountPosting,
        id: Identifier? = nil,
        kind: EntryKind? = nil,
        amount: Int64? = nil,
        balance: Int64? = nil,
        text: String? = nil,
        reference: Identifier?
    ) -> AccountPosting {
        AccountPosting(
            entryID: id ?? posting.entryID,
            kind: kind ?? posting.kind,
            amountMinor: amount ?? posting.amountMinor,
            balanceAfterMinor: balance ?? posting.balanceAfterMinor,
            description: text ?? posting.description,
            referenceID: reference
        )
    }

    @Test func whatWasSignedHolds() throws {
        let checkpoint = try Self.checkpoint()
        #expect(fault(checkpoint) == nil)
        #expect(fault(checkpoint, checkpoint.publicKey) == nil)
        let empty = try LedgerCheckpoint(checkpoint.span, opening: checkpoint.opening, postings: [], key: Self.key)
        #expect(fault(empty) == nil && empty.closing == checkpoint.opening)
    }

    @Test(arguments: 0..<5)
    func aChangedLineIsNamed(_ index: Int) throws {
        let checkpoint = try Self.checkpoint()
        let line = checkpoint.lines[index]
        let (posting, reference) = (line.posting, line.posting.referenceID)
        let (number, id) = (index + 1, posting.entryID)
        let changes: [(AccountPosting, CheckpointFault)] = [
            (changed(posting, kind: .reversal, reference: reference), .wrongHash(line: number, id: id)),
            (changed(posting, text: "other", reference: reference), .wrongHash(line: number, id: id)),
            (changed(posting, reference: Self.owner), .wrongHash(line: number, id: id)),
            (changed(posting, amount: 9, reference: reference), .wrongBalance(line: number, id: id)),
            (changed(posting, balance: 9, reference: reference), .wrongBalance(line: number, id: id)),
            (changed(posting, amount: .max, reference: reference), .wrongBalance(line: number, id: id)),
            (
                changed(posting, id: .first(at: checkpoint.span.to), reference: reference),
                .outOfOrder(line: number, id: .first(at: checkpoint.span.to))
            ),
        ]
        for (change, expected) in changes {
            var forged = checkpoint
            forged.lines[index] = CheckpointLine(posting: change, hash: line.hash)
            #expect(fault(forged) == expected)
        }
        var forged = checkpoint
        forged.lines[index] = CheckpointLine(posting: posting, hash: [UInt8](repeating: 0, count: 32))
        #expect(fault(forged) == .wrongHash(line: number, id: id))
    }

    @Test func aLineThatIsTakenAwayAddedOrMovedIsFound() throws {
        let checkpoint = try Self.checkpoint()
        for index in checkpoint.lines.indices {
            var shorter = checkpoint
            shorter.lines.remove(at: index)
            #expect(fault(shorter) != nil, "without line \(index + 1)")
            var twice = checkpoint
            twice.lines.insert(twice.lines[index], at: index)
            #expect(fault(twice) == .outOfOrder(line: index + 2, id: checkpoint.lines[index].posting.entryID))
            guard index > 0 else { continue }
            var swapped = checkpoint
            swapped.lines.swapAt(index, index - 1)
            #expect(fault(swapped) != nil, "line \(index + 1) before line \(index)")
        }
        var longer = checkpoint
        longer.lines.append(
            CheckpointLine(
                posting: Self.posting(1, checkpoint.closing.balanceMinor + 1),
                hash: checkpoint.closing.hash
            )
        )
        guard case .wrongHash(line: 6, _) = fault(longer) else {
            Issue.record("\(String(describing: fault(longer)))")
            return
        }
    }

    @Test func whoeverHashesAgainCannotSign() throws {
        let checkpoint = try Self.checkpoint()
        var postings = checkpoint.lines.map(\.posting)
        postings[2] = changed(postings[2], text: "other", reference: nil)
        let other = Curve25519.Signing.PrivateKey()
        let forged = try LedgerCheckpoint(checkpoint.span, opening: checkpoint.opening, postings: postings, key: other)
        let found = other.publicKey.rawRepresentation.map { String(format: "%02x", $0) }.joined()
        #expect(fault(forged, checkpoint.publicKey) == .otherKey(found: found))
        var claimed = forged
        claimed.publicKey = checkpoint.publicKey
        #expect(fault(claimed) == .wrongSignature)
        claimed.signature = checkpoint.signature
        #expect(fault(claimed) == .wrongSignature)
    }

    @Test func everythingAroundTheLinesIsSignedToo() throws {
        let right = try Self.checkpoint()
        let strange = AccountReference(workspaceID: Self.ids.next(), kind: .wallet, currency: .kes)
        let span = right.span
        let changes: [(inout LedgerCheckpoint) -> Void] = [
            { $0.span = CheckpointSpan(account: strange, month: span.month, from: span.from, to: span.to) },
            { $0.span = CheckpointSpan(account: span.account, month: "2026-05", from: span.from, to: span.to) },
            { $0.span = CheckpointSpan(account: span.account, month: span.month, from: Self.start, to: span.to) },
            {
                let to = span.to + .milliseconds(1)
                $0.span = CheckpointSpan(account: span.account, month: span.month, from: span.from, to: to)
            },
            { $0.opening.balanceMinor += 1 }, { $0.opening.hash[0] ^= 1 }, { $0.closing.balanceMinor += 1 },
            { $0.closing.hash[31] ^= 1 }, { $0.publicKey[5] ^= 1 }, { $0.publicKey = [] }, { $0.signature = [] },
            { $0.signature[63] ^= 1 },
        ]
        for (index, change) in changes.enumerated() {
            var forged = right
            change(&forged)
            #expect(fault(forged) != nil || forged == right, "change \(index)")
            #expect(forged != right, "change \(index)")
        }
    }
}
