import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Platform
import Primitives
import WebSupport

/// A statement as a page that a browser prints: no script, nothing loaded from elsewhere, readable on a phone.
struct StatementPage {
    private let statement: Statement
    private let company: Company
    private let settings: PlatformSettings

    init(_ statement: Statement, company: Company, settings: PlatformSettings) {
        self.statement = statement
        self.company = company
        self.settings = settings
    }

    var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }

    private var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Statement \(statement.month)</title><style>\(Self.style)</style></head><body>
        <header><div>\(seller)</div><div><h1>Statement</h1>\(statement.month)</div></header>
        <section><div><small>For</small><br><strong>\(escaped(statement.workspace.name))</strong><br>
        \(escaped(statement.workspace.email))<br>M-Pesa account \(escaped(statement.workspace.mpesaAccountReference))</div>
        <div><small>From</small> \(day(statement.from))<br><small>to</small> \(day(statement.to - .milliseconds(1)))<br>
        <small>Amounts in</small> \(escaped(statement.workspace.currency.code))</div></section>
        <table><thead><tr><th>What</th><th>Number</th><th>In</th><th>Out</th><th>of which VAT</th></tr></thead><tbody>
        <tr><td>Opening balance</td><td></td><td colspan="2">\(Self.money(statement.openingMinor))</td><td></td></tr>
        \(statement.lines.map(row).joined(separator: "\n"))
        </tbody><tfoot>
        <tr><td>Total</td><td></td><td>\(Self.money(statement.creditMinor))</td>\
        <td>\(Self.money(statement.debitMinor))</td><td>\(Self.money(statement.taxMinor))</td></tr>
        <tr><td>Closing balance</td><td></td><td colspan="2">\(Self.money(statement.closingMinor))</td><td></td></tr>
        </tfoot></table>
        <footer>Days begin and end in Nairobi. VAT that was paid back is negative. Every movement:
        GET /v1/wallet/transactions.</footer></body></html>
        """
    }

    private var seller: String {
        var lines = ["<strong>\(escaped(company.name))</strong>"]
        if let address = company.address { lines.append(escaped(address)) }
        if let number = company.taxNumber { lines.append("PIN \(escaped(number))") }
        return lines.joined(separator: "<br>")
    }

    private func row(_ line: Statement.Line) -> String {
        """
        <tr><td>\(Self.name(of: line.kind))</td><td>\(line.count)</td><td>\(Self.money(line.creditMinor))</td>\
        <td>\(Self.money(line.debitMinor))</td><td>\(Self.money(line.taxMinor))</td></tr>
        """
    }

    private func escaped(_ text: String) -> String { HTMLPage.escaped(text) }

    private func day(_ moment: Timestamp) -> String {
        String((moment + settings.timeZoneOffset).rfc3339.prefix(10))
    }

    private static func name(of kind: EntryKind) -> String {
        switch kind {
        case .credit: "Credits"
        case .topup: "Top-ups"
        case .suspense: "Payments to be resolved"
        case .callCharge: "Calls"
        case .numberRental: "Number rentals"
        case .recordingStorage: "Recording storage"
        case .hold: "Set aside for calls"
        case .release: "No longer set aside"
        case .reversal: "Paid back"
        }
    }

    /// 1234567 is `12,345.67`.
    static func money(_ minor: Int64) -> String {
        let digits = String(minor.magnitude / 100)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        let cents = minor.magnitude % 100
        return "\(minor < 0 ? "−" : "")\(grouped).\(cents < 10 ? "0" : "")\(cents)"
    }

    private static let style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c2530}
        header,section{display:flex;flex-wrap:wrap;justify-content:space-between;gap:1rem;margin-bottom:1.5rem}
        header{border-bottom:3px solid #0b6b4f;padding-bottom:1rem}h1{font-size:1.5rem;margin:0}
        small,footer{color:#5b6877}footer{font-size:.85rem;margin-top:1.5rem}
        header,section,td{overflow-wrap:anywhere}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{text-align:right;padding:.45rem .35rem;border-bottom:1px solid #d8dee6}
        th:first-child,td:first-child{text-align:left}tfoot td{font-weight:600}
        @media print{body{margin:0;max-width:none}@page{margin:18mm}}
        """
}
