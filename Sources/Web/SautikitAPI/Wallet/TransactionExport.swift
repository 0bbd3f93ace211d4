import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Platform
import Primitives
import WebSupport

/// What moved a wallet as a file that is written while it is read from the database, a page at a time, whatever its
/// length.
struct TransactionExport: Sendable {
    private static let columns = [
        "id", "type", "direction", "amount_minor", "balance_after_minor", "currency", "description", "reference_kind",
        "reference_id", "created_at", "reverses",
    ]

    let context: PlatformContext
    let workspaceID: Identifier
    let filter: PostingFilter
    let format: ExportFormat

    /// The first page is read before the answer begins, so that what is wrong has a status of its own.
    func response() async throws -> Response {
        let first = try await page(after: nil)
        let body = ResponseBody { writer in
            if format == .csv { try await writer.write(ByteBuffer(string: CSVLine.text(Self.columns))) }
            var page = first
            while true {
                let text = page.postings.map { [page] in line($0, in: page) }.joined()
                try await writer.write(ByteBuffer(string: text))
                guard page.hasMore, let last = page.postings.last else { break }
                page = try await self.page(after: last.entryID)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: format.headers(name: "transactions"), body: body)
    }

    private func page(after cursor: Identifier?) async throws -> ListTransactions.Page {
        var filter = filter
        filter.limit = 100
        if let cursor { filter.before = cursor }
        return try await ListTransactions(context)(workspaceID: workspaceID, filter)
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
