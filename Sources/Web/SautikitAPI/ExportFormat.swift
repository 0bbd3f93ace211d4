import HTTPTypes
import Hummingbird
import Platform

/// What a list can be downloaded as.
enum ExportFormat: String, CaseIterable {
    /// RFC 4180, with a header line.
    case csv
    /// One JSON object per line.
    case ndjson

    /// What the query asks for; CSV when it does not say.
    static func read(_ query: Parameters) throws(PlatformError) -> ExportFormat {
        guard let format = ExportFormat(rawValue: try Query.text(query, "format") ?? "csv") else {
            throw PlatformError(.requestInvalid, "'format' is csv or ndjson.", field: "format")
        }
        return format
    }

    /// The headers of a file whose name begins with `name`.
    func headers(name: String) -> HTTPFields {
        [
            .contentType: self == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson",
            .cacheControl: "no-store", .contentDisposition: "attachment; filename=\"\(name).\(rawValue)\"",
        ]
    }
}
