import Database
import Primitives

/// Takes in a payment to the Paybill, told or found in a list.
package struct TakePaybillPayment: Sendable {
    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        /// It is in a wallet now.
        case credited
        /// It was taken in before.
        case known
        /// It waits for the operator.
        case suspense
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Credits the workspace that the payer named, or keeps the money until the operator says whose it is.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(_ news: PaymentNews) async throws -> Outcome {
        try await context.database.write(isolation: .readCommitted) { tx in
            switch try TakePayment(context)(news, in: tx) {
            case .credited: .credited
            case .known: .known
            case .suspense: .suspense
            }
        }
    }

    /// Whether a payment would be credited, asked before it is made: only what clearly names a workspace is accepted.
    ///
    /// - Throws: `DatabaseError`.
    package func verdict(account: String, amountMinor: Int64, isTest: Bool) async throws -> PaybillVerdict {
        guard amountMinor >= context.settings.topupRangeMinor.lowerBound else { return .amount }
        let found = try await context.database.read(snapshot: .shared) { tx in
            try FindPayee.workspace(named: account, isTest: isTest, in: tx)
        }
        return found == nil ? .account : .accepted
    }
}
