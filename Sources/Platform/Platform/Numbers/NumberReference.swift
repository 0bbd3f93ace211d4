import Database
import Primitives

/// Finds a workspace's number by how a client names it: any rendering of its id, or its digits.
enum NumberReference {
    static func require(
        _ reference: String,
        of workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> VoiceNumber {
        var found: VoiceNumber?
        if let id = Identifier(parsing: reference) {
            found = try NumberTable.find(id: id, in: tx)
        } else if let number = try? PhoneNumber(parsing: reference, field: "id") {
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            found = try NumberTable.find(e164: number.e164, for: workspace, in: tx)
        }
        guard let found, found.workspaceID == workspaceID, found.status != .reserved else {
            throw PlatformError(
                .numberNotFound,
                "There is no such number in this workspace. GET /v1/numbers lists yours."
            )
        }
        return found
    }
}
