import Platform
import Primitives

extension Trunk {
    /// Without the password.
    var json: JSONValue {
        [
            "id": .string(id.uuidString), "name": .string(name), "address": .string(address),
            "transport": .string(transport.rawValue), "username": JSONValue(username), "prefix": .string(prefix),
            "priority": .integer(Int64(priority)), "purpose": .string(purpose.rawValue),
            "sources": .array(sources.map { .string($0.description) }),
        ]
    }

    /// For people.
    var line: String {
        "\(name): \(prefix) by \(transport.rawValue) to \(address), priority \(priority)"
            + (sources.isEmpty ? "" : ", calls from \(sources.map(\.description).joined(separator: ", "))")
            + (username.map { ", as \($0)" } ?? "") + (purpose == .live ? "" : ", for \(purpose.rawValue) calls")
    }

    private var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
