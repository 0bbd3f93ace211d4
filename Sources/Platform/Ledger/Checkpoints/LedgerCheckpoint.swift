package import Crypto
import Foundation
import Primitives

/// Everything that was posted to an account in a month, so tied together and signed that nothing can be changed
/// afterwards without being found, and that whoever has it needs nothing else to find it.
package struct LedgerCheckpoint: Sendable, Equatable {
    /// The name and version of what is hashed and signed.
    package static let format = "sautikit-ledger-checkpoint/1"

    /// The account and the month.
    package var span: CheckpointSpan
    /// The balance before the first line, and the hash that the month before ended with.
    package var opening: CheckpointState
    /// All postings of the month, oldest first.
    package var lines: [CheckpointLine]
    /// The balance and the hash after the last line.
    package var closing: CheckpointState
    /// The Ed25519 key that checks the signature; 32 bytes.
    package var publicKey: [UInt8]
    /// Ed25519 over the text of everything but the lines, which are in the closing hash (RFC 8032); 64 bytes.
    package var signature: [UInt8]

    /// Names all parts, as they were read; `verify` says whether they hold.
    package init(
        span: CheckpointSpan,
        opening: CheckpointState,
        lines: [CheckpointLine],
        closing: CheckpointState,
        publicKey: [UInt8],
        signature: [UInt8]
    ) {
        self.span = span
        self.opening = opening
        self.lines = lines
        self.closing = closing
        self.publicKey = publicKey
        self.signature = signature
    }

    /// Chains and signs a month's postings.
    ///
    /// - Throws: CryptoKit's error when the key cannot sign.
    package init(
        _ span: CheckpointSpan,
        opening: CheckpointState,
        postings: [AccountPosting],
        key: Curve25519.Signing.PrivateKey
    ) throws {
        var state = opening
        var lines: [CheckpointLine] = []
        for posting in postings {
            state = state.after(posting)
            lines.append(CheckpointLine(posting: posting, hash: state.hash))
        }
        self.init(
            span: span,
            opening: opening,
            lines: lines,
            closing: state,
            publicKey: [UInt8](key.publicKey.rawRepresentation),
            signature: []
        )
        signature = [UInt8](try key.signature(for: signedText))
    }

    /// Proves order, balances, hashes and signature, in this order, so that a changed line is named.
    ///
    /// - Parameter expectedKey: the signer's key from a place that is trusted; without it, anybody may have signed.
    /// - Throws: the first `CheckpointFault`.
    package func verify(expectedKey: [UInt8]? = nil) throws(CheckpointFault) {
        var state = opening
        var last: Identifier?
        for (index, line) in lines.enumerated() {
            try check(line, number: index + 1, after: state, last)
            state = CheckpointState(hash: line.hash, balanceMinor: line.posting.balanceAfterMinor)
            last = line.posting.entryID
        }
        guard closing.balanceMinor == state.balanceMinor else {
            throw .wrongClosingBalance(statedMinor: closing.balanceMinor, foundMinor: state.balanceMinor)
        }
        guard closing.hash == state.hash else { throw .wrongClosingHash }
        if let expectedKey, expectedKey != publicKey {
            throw .otherKey(found: publicKey.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
        // Bytes that are no key have signed nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey),
            key.isValidSignature(signature, for: signedText)
        else { throw .wrongSignature }
    }

    private func check(
        _ line: CheckpointLine,
        number: Int,
        after state: CheckpointState,
        _ last: Identifier?
    ) throws(CheckpointFault) {
        let posting = line.posting
        let isInOrder = last.map { $0 < posting.entryID } ?? true
        guard isInOrder, posting.postedAt >= span.from, posting.postedAt < span.to else {
            throw .outOfOrder(line: number, id: posting.entryID)
        }
        let (balance, overflows) = state.balanceMinor.addingReportingOverflow(posting.amountMinor)
        guard !overflows, balance == posting.balanceAfterMinor else {
            throw .wrongBalance(line: number, id: posting.entryID)
        }
        guard state.after(posting).hash == line.hash else { throw .wrongHash(line: number, id: posting.entryID) }
    }

    /// What is signed: every field on a line of its own.
    private var signedText: [UInt8] {
        let fields = [
            Self.format, span.account.workspaceID.uuidString, span.account.kind.rawValue, span.account.currency.code,
            span.month, String(span.from.millisecondsSinceEpoch), String(span.to.millisecondsSinceEpoch),
            String(opening.balanceMinor), Self.text(opening.hash), String(lines.count),
            String(closing.balanceMinor), Self.text(closing.hash), Self.text(publicKey),
        ]
        return Array(fields.joined(separator: "\n").utf8)
    }

    private static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
