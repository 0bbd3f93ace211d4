import Database
import Logging
package import Primitives

/// Takes in what is known of a push, told or asked for.
package struct TakePushResult: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Takes a callback that came by the push's own path; false when it is about another push, and changes nothing.
    ///
    /// It may come before the push's own answer is stored, late, more than once, or after other news.
    ///
    /// - Parameter isFromProvider: whether it came from where the provider sends from; play money may come from anywhere.
    /// - Throws: `PlatformError` `topups.not_found`; `DatabaseError`.
    package func callback(_ result: PushResult, topupID: Identifier, isFromProvider: Bool = true) async throws -> Bool {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let topup = try TopupTable.find(topupID, in: tx) else {
                throw PlatformError(.topupNotFound, "There is no such top-up.")
            }
            guard isFromProvider || topup.isTest else { return false }
            if let known = topup.checkoutRequestID, known != result.checkoutRequestID {
                context.logger.warning("a callback names another push", metadata: ["topup_id": "\(topupID)"])
                return false
            }
            try TopupTable.setCheckoutRequest(result.checkoutRequestID, of: topupID, in: tx)
            try take(result, of: topup, from: .pushCallback, in: tx)
            return true
        }
    }

    /// Takes the answer to a question about a push.
    func answer(_ outcome: PushOutcome, of topup: Topup, in tx: SQLTransaction) throws {
        let result = PushResult(checkoutRequestID: topup.checkoutRequestID ?? "", outcome: outcome)
        try take(result, of: topup, from: .pushQuery, in: tx)
    }

    private func take(
        _ result: PushResult,
        of topup: Topup,
        from source: PaymentSource,
        in tx: SQLTransaction
    ) throws {
        switch result.outcome {
        case .pending: return
        case .refused(let failure):
            guard let current = try TopupTable.lock(topup.id, in: tx),
                let status = TopupStateMachine.next(current.status, .refused)
            else { return }
            let now = try context.onClock(of: topup.workspaceID, in: tx).clock.now()
            try TopupTable.end(topup.id, as: status, failure, at: now, in: tx)
        case .paid:
            var news = PaymentNews(
                source,
                receipt: result.receipt,
                amountMinor: result.amountMinor,
                occurredAt: result.occurredAt ?? context.serverClock.now(),
                isTest: topup.isTest
            )
            news.topupID = topup.id
            news.payer = result.payer ?? topup.phone
            _ = try TakePayment(context)(news, in: tx)
        }
    }
}
