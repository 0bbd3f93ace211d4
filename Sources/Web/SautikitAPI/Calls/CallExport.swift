import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Primitives
import WebSupport

/// Calls as a file that is written while it is read from the database, a page at a time, whatever its length.
struct CallExport: Sendable {
    enum Format: String, CaseIterable {
        case csv
        case ndjson

        var contentType: String { self == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson" }
    }

    private static let columns: [String] = [
        "id", "session_id", "direction", "from", "to", "status", "started_at", "answered_at", "ended_at",
        "duration_seconds", "cost_minor", "cost_currency", "hangup_cause", "client_request_id",
    ]

    let context: PlatformContext
    let workspaceID: Identifier
    let filter: CallFilter
    let format: Format

    /// The first page is read before the answer begins, so that what is wrong has a status of its own.
    func response() async throws -> Response {
        let first = try await page(after: nil)
        let body = ResponseBody { writer in
            if format == .csv { try await writer.write(ByteBuffer(string: Self.line(Self.columns))) }
            var page = first
            while true {
                try await writer.write(ByteBuffer(string: page.calls.map(line).joined()))
                guard page.hasMore, let last = page.calls.last else { break }
                page = try await self.page(after: last.id)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: format.contentType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"calls.\(format.rawValue)\"",
            ],
            body: body
        )
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
        return Self.line(Self.columns.map { Self.field(record[$0] ?? .null) })
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func field(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        default: value.text
        }
    }

    /// RFC 4180; and no field begins as a formula does, since these files are opened in spreadsheets. A telephone number's
    /// plus stays.
    private static func quoted(_ field: String) -> String {
        let isNumber = field.hasPrefix("+") && field.dropFirst().allSatisfy(\.isWholeNumber)
        let risky: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]
        let safe = field.first.map { risky.contains($0) } == true && !isNumber ? "'" + field : field
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
