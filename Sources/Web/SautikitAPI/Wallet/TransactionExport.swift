import Hummingbird
import Ledger
import Platform
import Primitives
import WebSupport

/// What moved a wallet as a file.
struct TransactionExport: Sendable {
    private static let columns = [
        "id", "type", "direction", "amount_minor", "balance_after_minor", "currency", "description", "reference_kind",
        "reference_id", "created_at", "reverses",
    ]

    let context: PlatformContext
    let workspaceID: Identifier
    let filter: PostingFilter
    let format: ExportFormat

    func response() async throws -> Response {
        try await ListExport(name: "transactions", columns: Self.columns, format: format, page: page).response()
    }

    @Sendable private func page(after cursor: Identifier?) async throws -> ListExport.Page {
        var filter = filter
        filter.limit = 100
        if let cursor { filter.before = cursor }
        let page = try await ListTransactions(context)(workspaceID: workspaceID, filter)
        let text = page.postings.map { line($0, in: page) }.joined()
        return ListExport.Page(text: text, next: page.hasMore ? page.postings.last?.entryID : nil)
    }

    private func line(_ posting: AccountPosting, in page: ListTransactions.Page) -> String {
        let record = TransactionResponses.transaction(posting, in: page)
        guard format == .csv else { return record.text + "\n" }
        let fields = Self.columns.map { name in
            switch name {
            case "reference_kind": record["reference"]?["kind"] ?? .null
            case "reference_id": record["reference"]?["id"] ?? .null
            default: record[name] ?? .null
            }
        }
        return CSVLine.text(fields.map(CSVLine.field))
    }
}
