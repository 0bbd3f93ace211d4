/// The one table of errors, in the order of the documentation. A test demands a row for every code.
package enum ErrorTable {
    /// Rows of one part of the API.
    package struct Area: Sendable {
        /// Its heading in the documentation.
        package let title: String
        /// Its rows.
        package let entries: [ErrorEntry]
    }

    /// All rows.
    package static let areas = [
        Area(title: "Requests and the server itself", entries: requests),
        Area(title: "Keys, people and workspaces", entries: access), Area(title: "Numbers and calls", entries: numbers),
        Area(title: "Top-ups and payments", entries: money), Area(title: "Webhooks and links", entries: webhooks),
    ]

    private static let rows: [ErrorCode: ErrorEntry] = {
        let entries = areas.flatMap(\.entries)
        return Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    static func entry(of code: ErrorCode) -> ErrorEntry {
        rows[code] ?? ErrorEntry(code, .internalFault, cause: "Not described yet.", remedy: "Contact support.")
    }
}
