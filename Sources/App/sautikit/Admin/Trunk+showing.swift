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
            "registers": .bool(registers),
        ]
    }

    /// With how we are registered, if it wants that.
    func json(_ registration: TrunkRegistration?) -> JSONValue {
        guard registers, case .object(var members) = json else { return json }
        members.append(JSONMember("registration", registration?.json ?? .null))
        return .object(members)
    }

    /// How we are registered, for people.
    func registrationLine(_ registration: TrunkRegistration?) -> String {
        guard registers else { return "" }
        guard let registration else { return ", not registered: no server runs" }
        let reason = registration.status == .failed ? " (\(registration.sipStatus.map { "\($0)" } ?? "no answer"))" : ""
        return ", \(registration.status.rawValue)" + reason
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
}

extension TrunkRegistration {
    fileprivate var json: JSONValue {
        [
            "status": .string(status.rawValue), "sip_status": sipStatus.map { .integer(Int64($0)) } ?? .null,
            "expires_at": expiresAt.map { .string($0.rfc3339) } ?? .null, "node_id": .string(nodeID.uuidString),
        ]
    }
}
