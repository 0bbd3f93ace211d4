import Hummingbird
import Platform
import Primitives

/// The query of `GET /v1/calls`.
enum ListCallsRequest {
    static func read(_ query: Parameters) throws(PlatformError) -> CallFilter {
        var filter = try readFilters(query)
        filter.limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        return filter
    }

    /// The same for a file, which has all calls.
    static func readFilters(_ query: Parameters) throws(PlatformError) -> CallFilter {
        var filter = CallFilter()
        filter.text = try Query.text(query, "q")
        filter.sessionID = try Query.text(query, "session_id")
        filter.from = try Query.moment(query, "from")
        filter.to = try Query.moment(query, "to")
        filter.direction = try direction(query)
        filter.statuses = try statuses(query)
        filter.before = try Query.cursor(query)
        return filter
    }

    private static func statuses(_ query: Parameters) throws(PlatformError) -> [CallStatus] {
        var statuses: [CallStatus] = []
        for word in (try Query.text(query, "status") ?? "").split(separator: ",") {
            guard let status = CallStatus(rawValue: String(word)) else {
                throw PlatformError(.requestInvalid, "'\(word.prefix(32))' is not a status of a call.", field: "status")
            }
            if !statuses.contains(status) { statuses.append(status) }
        }
        return statuses
    }

    private static func direction(_ query: Parameters) throws(PlatformError) -> CallDirection? {
        guard let text = try Query.text(query, "direction") else { return nil }
        guard let direction = CallDirection(rawValue: text) else {
            throw PlatformError(.requestInvalid, "'direction' is inbound or outbound.", field: "direction")
        }
        return direction
    }
}
