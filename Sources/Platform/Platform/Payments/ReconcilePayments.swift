import Database
package import Primitives

/// Compares a provider's list of payments with ours: what we have not heard of is credited, once, and what differs is told.
package struct ReconcilePayments: Sendable {
    /// What was found.
    package struct Report: Sendable, Equatable {
        /// Payments of the list.
        package var count = 0
        /// Receipts that nobody had told us of: credited now.
        package var credited: [String] = []
        /// The same, but whose they are is not clear: they wait for the operator.
        package var suspended: [String] = []
        /// What is one way in the list and another way with us.
        package var differences: [Difference] = []

        /// Nothing was found.
        package init() {}

        /// Both together.
        package mutating func add(_ other: Report) {
            count += other.count
            credited += other.credited
            suspended += other.suspended
            differences += other.differences
        }
    }

    /// A disagreement that only a person can settle.
    package enum Difference: Sendable, Equatable, CustomStringConvertible {
        /// The list has another amount for a receipt than we credited; minor units.
        case amount(receipt: String, listedMinor: Int64, knownMinor: Int64)
        /// We know a receipt of that time that the list does not have.
        case notListed(receipt: String, amountMinor: Int64)
        /// The provider has taken a payment back that is in a wallet, or waits for the operator.
        case reversed(receipt: String, amountMinor: Int64)

        /// For the operator's terminal.
        package var description: String {
            switch self {
            case .amount(let receipt, let listed, let known):
                "\(receipt): \(listed) cents in the list, \(known) in the ledger"
            case .notListed(let receipt, let amount): "\(receipt): \(amount) cents in the ledger, not in the list"
            case .reversed(let receipt, let amount):
                "\(receipt): \(amount) cents were taken back, and are in the ledger"
            }
        }
    }

    /// Times of both sides may differ by so much at the ends of a list.
    private static let margin = Duration.seconds(300)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Takes in a list of payments.
    ///
    /// - Parameters:
    ///   - reversed: receipts of payments that the provider has taken back.
    ///   - span: the time of which the list has everything; nil when it may have gaps.
    ///   - isTest: whether it is play money.
    /// - Throws: `DatabaseError`.
    package func callAsFunction(
        _ list: [PaymentNews],
        reversed: [String] = [],
        complete span: ClosedRange<Timestamp>?,
        isTest: Bool
    ) async throws -> Report {
        var report = Report()
        for news in list where news.receipt != nil {
            report.add(try await take(news))
        }
        for receipt in reversed {
            let known = try await context.database.read(snapshot: .perStatement) { tx in
                try PaymentTable.find(receipt: receipt, isTest: isTest, in: tx)
            }
            if let known { report.differences.append(.reversed(receipt: receipt, amountMinor: known.amountMinor)) }
        }
        if let span {
            let inner =
                span.lowerBound + Self.margin...max(span.lowerBound + Self.margin, span.upperBound - Self.margin)
            let listed = Set(list.compactMap(\.receipt))
            let known = try await context.database.read(snapshot: .perStatement) { tx in
                try PaymentTable.receipts(paidIn: inner, isTest: isTest, in: tx)
            }
            report.differences += known.filter { !listed.contains($0.receipt) }.map {
                .notListed(receipt: $0.receipt, amountMinor: $0.amountMinor)
            }
        }
        return report
    }

    private func take(_ news: PaymentNews) async throws -> Report {
        var report = Report()
        report.count = 1
        guard let receipt = news.receipt, let amount = news.amountMinor else { return report }
        let known = try await context.database.read(snapshot: .perStatement) { tx in
            try PaymentTable.find(receipt: receipt, isTest: news.isTest, in: tx)
        }
        if let known {
            if known.amountMinor != amount {
                report.differences.append(.amount(receipt: receipt, listedMinor: amount, knownMinor: known.amountMinor))
            }
            return report
        }
        switch try await TakePaybillPayment(context)(news) {
        case .credited: report.credited.append(receipt)
        case .suspense: report.suspended.append(receipt)
        case .known: break
        }
        return report
    }
}
