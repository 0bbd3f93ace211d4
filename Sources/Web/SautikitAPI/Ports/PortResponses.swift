import Platform
import Primitives

/// Requests to port numbers as this dialect shows them.
enum PortResponses {
    /// A page; the cursor is the last request's id.
    static func page(_ requests: [PortRequest], hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? requests.last?.id.uuidString : nil
        return ["data": .array(requests.map { request($0) }), "next_cursor": JSONValue(cursor)]
    }

    /// - Parameter documents: nil where they are not shown.
    static func request(_ request: PortRequest, _ documents: [PortDocument]? = nil) -> JSONValue {
        var members = [
            JSONMember("id", .string(request.id.uuidString)),
            JSONMember("direction", .string(request.direction.rawValue)),
            JSONMember("numbers", .array(request.numbers.map { .string($0) })),
            JSONMember("carrier", .string(request.carrier)),
            JSONMember("account_holder", .string(request.accountHolder)),
            JSONMember("account_number", JSONValue(request.accountNumber)),
            JSONMember("status", .string(request.status.rawValue)), JSONMember("reason", JSONValue(request.reason)),
            JSONMember("created_at", JSONValue(request.createdAt)),
            JSONMember("updated_at", JSONValue(request.updatedAt)),
        ]
        if let documents { members.append(JSONMember("documents", .array(documents.map(document)))) }
        return .object(members)
    }

    static func document(_ document: PortDocument) -> JSONValue {
        [
            "id": .string(document.id.uuidString), "kind": .string(document.kind.rawValue),
            "name": .string(document.name), "content_type": .string(document.contentType),
            "size_bytes": .integer(Int64(document.size)), "created_at": JSONValue(document.createdAt),
        ]
    }
}
