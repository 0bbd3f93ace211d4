import Foundation

/// The workspace that a fresh sandbox starts with; kept in a file that only its owner can read.
package struct SandboxAccount: Sendable, Codable {
    /// The workspace, as a UUID.
    package let workspaceID: String
    /// The key's secret.
    package let apiKey: String

    private enum CodingKeys: String, CodingKey {
        case workspaceID = "workspace_id"
        case apiKey = "api_key"
    }

    static func load(from path: String) -> SandboxAccount? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONDecoder().decode(SandboxAccount.self, from: data)
    }

    func store(at path: String) throws {
        let data = try JSONEncoder().encode(self)
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw CocoaError(.fileWriteUnknown)
        }
    }
}
