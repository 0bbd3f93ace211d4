import Platform
import Primitives

extension PortRequest {
    /// For programs.
    var json: JSONValue {
        [
            "id": .string(id.uuidString), "workspace_id": .string(workspaceID.uuidString),
            "direction": .string(direction.rawValue), "numbers": .array(numbers.map { .string($0) }),
            "carrier": .string(carrier), "account_holder": .string(accountHolder),
            "account_number": JSONValue(accountNumber), "status": .string(status.rawValue), "reason": JSONValue(reason),
            "created_at": .string(createdAt.rfc3339), "updated_at": .string(updatedAt.rfc3339),
        ]
    }

    /// For people.
    var line: String {
        let way = direction == .in ? "in from" : "out to"
        return
            "\(id.uuidString)  \(status.rawValue)  \(numbers.joined(separator: ", ")) \(way) \(carrier), held by \(accountHolder)"
    }
}
