import Hummingbird
import Platform
import Primitives

/// The query of `GET /v1/audit`.
enum AuditRequest {
    static func read(_ query: Parameters) throws(PlatformError) -> AuditFilter {
        var filter = AuditFilter()
        filter.action = try action(query)
        filter.askerID = try id(query, "actor_id")
        filter.subjectID = try id(query, "target_id")
        filter.from = try Query.moment(query, "from")
        filter.to = try Query.moment(query, "to")
        filter.before = try Query.cursor(query)
        filter.limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        return filter
    }

    private static func action(_ query: Parameters) throws(PlatformError) -> AuditAction? {
        guard let text = try Query.text(query, "action_kind") else { return nil }
        guard let action = AuditAction(rawValue: text) else {
            let known = AuditAction.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlatformError(
                .auditActionInvalid,
                "'\(text.prefix(64))' is not an action. There are: \(known).",
                field: "action_kind"
            )
        }
        return action
    }

    private static func id(_ query: Parameters, _ name: String) throws(PlatformError) -> Identifier? {
        guard let text = try Query.text(query, name) else { return nil }
        guard let id = Identifier(parsing: text) else {
            throw PlatformError(.requestInvalid, "'\(name)' is not an id.", field: name)
        }
        return id
    }
}
