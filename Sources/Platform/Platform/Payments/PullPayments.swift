import Logging
import Primitives

/// Asks the provider for its list of payments, and takes in what nobody has told us of.
package struct PullPayments: Sendable {
    /// As far back as a provider remembers (facts M-Pesa, section 8), less what its clock may differ.
    private static let span = Duration.seconds(47 * 3600)

    private let context: PlatformContext
    private let gateways: PaymentGateways

    /// Works with these providers.
    package init(_ context: PlatformContext, gateways: PaymentGateways) {
        self.context = context
        self.gateways = gateways
    }

    /// Compares the last two days of the live provider's list with the ledger.
    ///
    /// - Throws: `GatewayFailure`, `DatabaseError`.
    @discardableResult
    package func callAsFunction() async throws -> ReconcilePayments.Report {
        guard let line = gateways[isTest: false] else { return ReconcilePayments.Report() }
        let now = context.clock.now()
        let list = try await line.gateway.payments(in: now - Self.span...now)
        // It is not said whether pushes are in it, so what it lacks proves nothing.
        let report = try await ReconcilePayments(context)(list, complete: nil, isTest: false)
        for receipt in report.credited {
            context.logger.notice("a payment was missing, and is credited", metadata: ["receipt": "\(receipt)"])
        }
        for difference in report.differences {
            context.logger.error("M-Pesa's list and the ledger differ", metadata: ["difference": "\(difference)"])
        }
        return report
    }
}
