import Ledger
import Platform

/// A statement as a file of lines.
enum StatementCSV {
    static func text(_ statement: Statement) -> String {
        var rows = [["type", "count", "credit_minor", "debit_minor", "vat_minor", "balance_minor"]]
        rows.append(["opening_balance", "", "", "", "", "\(statement.openingMinor)"])
        rows += statement.lines.map { line in
            [
                line.kind.rawValue, "\(line.count)", "\(line.creditMinor)", "\(line.debitMinor)",
                "\(line.taxMinor)", "",
            ]
        }
        let count = statement.lines.reduce(0) { $0 + $1.count }
        rows.append([
            "total", "\(count)", "\(statement.creditMinor)", "\(statement.debitMinor)", "\(statement.taxMinor)", "",
        ])
        rows.append(["closing_balance", "", "", "", "", "\(statement.closingMinor)"])
        return rows.map(CSVLine.text).joined()
    }
}
