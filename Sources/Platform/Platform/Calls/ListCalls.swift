import Database
import Ledger
package import Primitives

/// Lists calls of a workspace, newest first, a page at a time.
package struct ListCalls: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page, and whether there are older calls after it.
    ///
    /// - Throws: `PlatformError` for a limit out of range; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        filter: CallFilter
    ) async throws -> (calls: [Call], hasMore: Bool) {
        guard (1...100).contains(filter.limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        let (sql, arguments) = Self.query(workspaceID, filter)
        let found = try await context.database.read { try $0.rows(sql, arguments).map(CallTable.call) }
        return (Array(found.prefix(filter.limit)), found.count > filter.limit)
    }

    private static func query(
        _ workspaceID: Identifier,
        _ filter: CallFilter
    ) -> (String, [any SQLEncodable & Sendable]) {
        var conditions = ["workspace_id = $1"]
        var arguments: [any SQLEncodable & Sendable] = [workspaceID]
        func add(_ condition: (String) -> String, _ argument: some SQLEncodable & Sendable) {
            arguments.append(argument)
            conditions.append(condition("$\(arguments.count)"))
        }
        if !filter.statuses.isEmpty {
            let first = arguments.count + 1
            arguments += filter.statuses.map(\.rawValue)
            conditions.append("status IN (\(Placeholders.list(arguments.count - first + 1, from: first)))")
        }
        if let text = filter.text {
            // A plain substring: position, not LIKE, so that the client's % and _ mean themselves.
            let remote = "CASE direction WHEN 'inbound' THEN from_e164 ELSE to_e164 END"
            add({ "(\(position(of: $0, in: remote)) OR \(position(of: $0, in: "session_id")))" }, text)
        }
        if let direction = filter.direction { add({ "direction = \($0)" }, direction.rawValue) }
        if let session = filter.sessionID { add({ "session_id = \($0)" }, session) }
        if let from = filter.from { add({ "created_at >= \($0)" }, from) }
        if let to = filter.to { add({ "created_at < \($0)" }, to) }
        if let before = filter.before { add({ "id < \($0)" }, before) }
        let sql =
            "SELECT * FROM calls WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT \(filter.limit + 1)"
        return (sql, arguments)
    }

    /// `replace` changes the text exactly when it contains the part, on both engines.
    private static func position(of parameter: String, in column: String) -> String {
        "replace(\(column), \(parameter), '') <> \(column)"
    }
}
