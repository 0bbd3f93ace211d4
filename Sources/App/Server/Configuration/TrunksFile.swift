import Foundation
import Platform
import Primitives

/// Carriers kept in a file rather than added by hand: `SAUTIKIT_TRUNKS_FILE` names a JSON list of them. They are added at
/// each start; one of the same name is brought up to date, and those that the file does not name stay.
struct TrunksFile {
    private struct Entry: Decodable {
        let name: String
        let address: String
        let transport: String
        let prefix: String
        let priority: Int
        let username: String?
        let password: String?
        let purpose: String?
        let sources: [String]?
        let inboundUsername: String?
        let inboundPassword: String?
        let accept: String?
        let register: Bool?

        private enum CodingKeys: String, CodingKey {
            case name, address, transport, prefix, priority, username, password, purpose, sources, accept, register
            case inboundUsername = "inbound_username"
            case inboundPassword = "inbound_password"
        }
    }

    private let path: String
    private let entries: [Entry]

    /// Reads the file.
    ///
    /// - Throws: `SettingFault` when it is not there or not such a list.
    init(path: String) throws(SettingFault) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingFault(Setting.trunksFile.environmentName, "\(path) cannot be read")
        }
        do {
            entries = try JSONDecoder().decode([Entry].self, from: data)
        } catch {
            throw SettingFault(
                Setting.trunksFile.environmentName,
                """
                \(path) is not a JSON list of trunks such as {"name": "main", "address": "192.0.2.10:5060", \
                "transport": "udp", "prefix": "+254", "priority": 10}: \(Self.place(of: error))
                """
            )
        }
    }

    /// Adds what is new and replaces what changed.
    ///
    /// - Throws: `SettingFault` naming the trunk that cannot be; what the database throws.
    func apply(to context: PlatformContext) async throws {
        let known = try await ListTrunks(context)()
        for entry in entries where !known.contains(where: { Self.isSame($0, entry) }) {
            guard let transport = TrunkTransport(rawValue: entry.transport) else {
                throw fault(entry, "'transport' is udp, tcp or tls.")
            }
            guard let purpose = TrunkPurpose(rawValue: entry.purpose ?? TrunkPurpose.live.rawValue) else {
                throw fault(entry, "'purpose' is live, test or any.")
            }
            let acceptance = entry.accept.map { TrunkAcceptance(rawValue: $0) }
            if case .some(.none) = acceptance { throw fault(entry, "'accept' is address, digest, either or both.") }
            do {
                _ = try await AddTrunk(context)(
                    name: entry.name,
                    address: entry.address,
                    transport: transport,
                    username: entry.username,
                    password: entry.password,
                    prefix: entry.prefix,
                    priority: entry.priority,
                    purpose: purpose,
                    registers: entry.register ?? false,
                    inbound: TrunkInboundWish(
                        sources: entry.sources ?? [],
                        username: entry.inboundUsername,
                        password: entry.inboundPassword,
                        acceptance: acceptance ?? nil
                    ),
                    replacing: true
                )
            } catch let error as PlatformError {
                throw fault(entry, error.message)
            }
        }
    }

    private func fault(_ entry: Entry, _ message: String) -> SettingFault {
        SettingFault(Setting.trunksFile.environmentName, "\(path), trunk '\(entry.name)': \(message)")
    }

    private static func isSame(_ trunk: Trunk, _ entry: Entry) -> Bool {
        trunk.name == entry.name && trunk.address == entry.address
            && trunk.transport.rawValue == entry.transport && trunk.prefix == entry.prefix
            && trunk.priority == entry.priority && trunk.username == entry.username
            && trunk.password == entry.password
            && trunk.purpose.rawValue == entry.purpose ?? TrunkPurpose.live.rawValue
            && trunk.registers == (entry.register ?? false) && isSame(trunk.inbound, entry)
    }

    private static func isSame(_ inbound: TrunkInbound, _ entry: Entry) -> Bool {
        let acceptance = entry.accept ?? (entry.inboundUsername == nil ? "address" : "either")
        let secret = entry.inboundUsername.map {
            DigestSecret(username: $0, realm: TrunkInbound.realm, password: entry.inboundPassword ?? "")
        }
        return inbound.sources == (entry.sources ?? []).compactMap(IPNetwork.init(parsing:))
            && inbound.acceptance.rawValue == acceptance && inbound.username == entry.inboundUsername
            && inbound.secret == secret
    }

    /// Which entry and field; never a value, which may be a password.
    private static func place(of error: any Error) -> String {
        func text(_ path: [any CodingKey], _ more: String) -> String {
            (path.map { $0.intValue.map { "entry \($0 + 1)" } ?? "'\($0.stringValue)'" } + [more]).joined(
                separator: ", "
            )
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context)?: return text(context.codingPath, "'\(key.stringValue)' is missing")
        case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
            return text(context.codingPath, "has the wrong type")
        default: return "it is not JSON"
        }
    }
}
