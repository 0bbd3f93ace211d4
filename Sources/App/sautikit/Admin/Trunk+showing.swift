import Platform
import Primitives

extension Trunk {
    /// Without the password.
    var json: JSONValue {
        [
            "id": .string(id.uuidString), "name": .string(name), "address": .string(address),
            "transport": .string(transport.rawValue), "username": JSONValue(username), "prefix": .string(prefix),
            "priority": .integer(Int64(priority)), "purpose": .string(purpose.rawValue),
            "sources": .array(inbound.sources.map { .string($0.description) }),
            "inbound_username": JSONValue(inbound.username), "accept": .string(inbound.acceptance.rawValue),
        ]
    }

    /// For people.
    var line: String {
        "\(name): \(prefix) by \(transport.rawValue) to \(address), priority \(priority)"
            + inboundLine
            + (username.map { ", as \($0)" } ?? "") + (purpose == .live ? "" : ", for \(purpose.rawValue) calls")
    }

    private var inboundLine: String {
        let networks = inbound.sources.map(\.description).joined(separator: ", ")
        let place = networks.isEmpty ? "" : ", calls from \(networks)"
        guard let username = inbound.username else { return place }
        return switch inbound.acceptance {
        case .address: place
        case .digest: ", calls as \(username)"
        case .either: place + ", or as \(username)"
        case .both: place + ", and as \(username)"
        }
    }

    private var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
