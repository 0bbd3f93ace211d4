import Hummingbird
import Platform
import Primitives
import WebSupport

/// Calls as a file.
struct CallExport: Sendable {
    private static let columns: [String] = [
        "id", "session_id", "direction", "from", "to", "status", "started_at", "answered_at", "ended_at",
        "duration_seconds", "cost_minor", "cost_currency", "hangup_cause", "client_request_id",
    ]

    let context: PlatformContext
    let workspaceID: Identifier
    let filter: CallFilter
    let format: ExportFormat

    func response() async throws -> Response {
        try await ListExport(name: "calls", columns: Self.columns, format: format, page: page).response()
    }

    @Sendable private func page(after cursor: Identifier?) async throws -> ListExport.Page {
        var filter = filter
        filter.limit = 100
        if let cursor { filter.before = cursor }
        let page = try await ListCalls(context)(workspaceID: workspaceID, filter: filter)
        return ListExport.Page(text: page.calls.map(line).joined(), next: page.hasMore ? page.calls.last?.id : nil)
    }

    private func line(_ call: Call) -> String {
        let record = CallResponses.record(call, [])
        guard format == .csv else { return record.text + "\n" }
        return CSVLine.text(Self.columns.map { CSVLine.field(record[$0] ?? .null) })
    }
}
