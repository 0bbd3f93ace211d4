package import Platform
package import Primitives

/// The organisation's statement as M-Pesa's portal exports it (facts M-Pesa, section 8: the other source of truth).
package struct PaymentStatement: Sendable {
    /// Money that came in.
    package let payments: [PaymentNews]
    /// Receipts of payments that were taken back.
    package let reversed: [String]
    /// From its first line's time to its last's; nil when it has none.
    package let span: ClosedRange<Timestamp>?

    /// Reads a statement.
    ///
    /// - Throws: `StatementFault`.
    package init(csv text: String, isTest: Bool = false) throws(StatementFault) {
        let records = CSVText(text).records
        guard let heading = records.firstIndex(where: { $0.contains("Receipt No.") }) else {
            throw .column("Receipt No.")
        }
        let columns = try Columns(records[heading])
        var payments: [PaymentNews] = []
        var reversed: [String] = []
        var moments: [Timestamp] = []
        for (index, record) in records.enumerated().dropFirst(heading + 1) {
            let line = Line(columns: columns, record: record, number: index + 1)
            guard line["Transaction Status"] == "Completed" else { continue }
            let moment = try line.moment()
            moments.append(moment)
            if let minor = try line.paidIn() {
                payments.append(try line.news(minor, at: moment, isTest: isTest))
            } else if let original = DarajaNotices.receipt(line["Linked Transaction ID"]) {
                reversed.append(original)
            }
        }
        self.payments = payments
        self.reversed = reversed
        if let first = moments.min(), let last = moments.max() { span = first...last } else { span = nil }
    }
}

/// Where each column is.
private struct Columns {
    private let places: [String: Int]

    init(_ names: [String]) throws(StatementFault) {
        places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for name in ["Receipt No.", "Completion Time", "Transaction Status", "Paid In"] where places[name] == nil {
            throw .column(name)
        }
    }

    func value(_ name: String, of record: [String]) -> String {
        places[name].flatMap { $0 < record.count ? record[$0] : nil } ?? ""
    }
}

/// One transaction of a statement.
private struct Line {
    let columns: Columns
    let record: [String]
    let number: Int

    subscript(name: String) -> String { columns.value(name, of: record) }

    func moment() throws(StatementFault) -> Timestamp {
        guard let moment = DarajaTime.moment(spaced: self["Completion Time"]) else {
            throw .line(number, column: "Completion Time")
        }
        return moment
    }

    /// Minor units; nil for money that did not come in.
    func paidIn() throws(StatementFault) -> Int64? {
        let text = self["Paid In"]
        if text.isEmpty { return nil }
        guard let minor = JSONValue.string(text).darajaMinor else { throw .line(number, column: "Paid In") }
        return minor == 0 ? nil : minor
    }

    func news(_ minor: Int64, at moment: Timestamp, isTest: Bool) throws(StatementFault) -> PaymentNews {
        guard let receipt = DarajaNotices.receipt(self["Receipt No."]) else {
            throw .line(number, column: "Receipt No.")
        }
        var news = PaymentNews(.statement, receipt: receipt, amountMinor: minor, occurredAt: moment, isTest: isTest)
        news.account = String(self["A/C No."].prefix(64))
        let payer = self["Other Party Info"].split(separator: " ").first.map(String.init)
        news.payer = payer.map { String($0.prefix(64)) }
        return news
    }
}
