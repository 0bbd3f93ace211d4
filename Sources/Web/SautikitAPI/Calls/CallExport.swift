import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Primitives
import WebSupport

/// Calls as a file that is written while it is read from the database, a page at a time, whatever its length.
struct CallExport: Sendable {
    private static let columns: [String] = [
        "id", "session_id", "direction", "from", "to", "status", "started_at", "answered_at", "ended_at",
        "duration_seconds", "cost_minor", "cost_currency", "hangup_cause", "client_request_id",
    ]

    let context: PlatformContext
    let workspaceID: Identifier
    let filter: CallFilter
    let format: ExportFormat

    /// The first page is read before the answer begins, so that what is wrong has a status of its own.
    func response() async throws -> Response {
        let first = try await page(after: nil)
        let body = ResponseBody { writer in
            if format == .csv { try await writer.write(ByteBuffer(string: CSVLine.text(Self.columns))) }
            var page = first
            while true {
                try await writer.write(ByteBuffer(string: page.calls.map(line).joined()))
                guard page.hasMore, let last = page.calls.last else { break }
                page = try await self.page(after: last.id)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: format.headers(name: "calls"), body: body)
    }

    private func page(after cursor: Identifier?) async throws -> (calls: [Call], hasMore: Bool) {
        var filter = filter
        filter.limit = 100
        if let cursor { filter.before = cursor }
        return try await ListCalls(context)(workspaceID: workspaceID, filter: filter)
    }

    private func line(_ call: Call) -> String {
        let record = CallResponses.record(call, [])
        guard format == .csv else { return record.text + "\n" }
        return CSVLine.text(Self.columns.map { CSVLine.field(record[$0] ?? .null) })
    }
}
