import Database
import Ledger
package import Primitives

/// Reads and sets the balances that a workspace wants to be warned below. The first is the wallet's own, which
/// `GET /v1/wallet` shows; the others come highest first.
package struct SetThresholds: Sendable {
    /// Thresholds that a workspace may have.
    package static let most = 10

    private static let range: ClosedRange<Int64> = 1...(1 << 50)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The thresholds, in minor units.
    ///
    /// - Throws: `PlatformError` `workspace.not_found`; `DatabaseError`.
    package func current(workspaceID: Identifier) async throws -> [Int64] {
        try await context.database.read { tx in
            try ordered(try WorkspaceTable.require(workspaceID, in: tx), in: tx)
        }
    }

    /// Replaces all of them.
    ///
    /// - Throws: `PlatformError` `request.invalid` for too many, for what is not above zero or is there twice, and
    ///   `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, thresholdsMinor: [Int64]) async throws -> [Int64] {
        let faults = thresholdsMinor.enumerated().filter { !Self.range.contains($0.element) }.map { index, _ in
            FieldFault("thresholds_minor[\(index)]", "A threshold is above zero and at most \(Self.range.upperBound).")
        }
        if let fault = PlatformError(faults) { throw fault }
        guard thresholdsMinor.count <= Self.most, Set(thresholdsMinor).count == thresholdsMinor.count else {
            throw PlatformError(
                .requestInvalid,
                "There are at most \(Self.most) thresholds, each once.",
                field: "thresholds_minor"
            )
        }
        return try await change(workspaceID) { _ in thresholdsMinor }
    }

    /// Replaces the wallet's own; 0 takes it away, and then the highest of the others is the first.
    ///
    /// - Throws: as the other.
    package func first(workspaceID: Identifier, thresholdMinor: Int64) async throws -> [Int64] {
        guard thresholdMinor == 0 || Self.range.contains(thresholdMinor) else {
            throw PlatformError(
                .requestInvalid,
                "'threshold_minor' is 0 for none, or at most \(Self.range.upperBound).",
                field: "threshold_minor"
            )
        }
        return try await change(workspaceID) { current in
            let others = current.dropFirst().filter { $0 != thresholdMinor }
            return (thresholdMinor == 0 ? [] : [thresholdMinor]) + others
        }
    }

    private func change(
        _ workspaceID: Identifier,
        _ make: @escaping @Sendable ([Int64]) -> [Int64]
    ) async throws -> [Int64] {
        try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
            let before = try ordered(workspace, in: tx)
            let wanted = make(before)
            // From here on no posting passes between the old thresholds and the new ones.
            let wallet = WalletAccounts(workspaceID: workspaceID, currency: workspace.currency)[.wallet]
            try context.ledger.mark(wallet, at: wanted.max(), in: tx)
            try AlertThresholdTable.replaceAll(of: workspaceID, with: wanted, in: tx)
            try WorkspaceTable.setThreshold(wanted.first ?? 0, of: workspaceID, in: tx)
            let after = try ordered(try WorkspaceTable.require(workspaceID, in: tx), in: tx)
            guard after != before else { return after }
            try RecordAudit(context)(
                .thresholdsChanged,
                of: workspaceID,
                before: ["thresholds_minor": .array(before.map { .integer($0) })],
                after: ["thresholds_minor": .array(after.map { .integer($0) })],
                workspaceID: workspaceID,
                in: tx
            )
            return after
        }
    }

    private func ordered(_ workspace: Workspace, in tx: SQLTransaction) throws -> [Int64] {
        let all = try AlertThresholdTable.all(of: workspace.id, in: tx)
        let first = workspace.lowBalanceThresholdMinor
        return all.filter { $0 == first } + all.filter { $0 != first }
    }
}
