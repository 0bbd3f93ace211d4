import Foundation
package import Platform
import Primitives

/// Puts the sandbox's world into the database: its trunk, numbers to claim, and a workspace to begin with.
package struct SandboxSetup: Sendable {
    /// What the first workspace is given: KES 1,000.
    package static let firstCreditMinor: Int64 = 1000_00

    private let context: PlatformContext
    private let folder: String

    /// Sets up for a server whose sandbox files are in `folder`.
    package init(_ context: PlatformContext, folder: String) {
        self.context = context
        self.folder = folder
    }

    /// Does what has not been done; the trunk always gets the carrier's present port.
    ///
    /// - Throws: `DatabaseError`, `PlatformError`, or Foundation's error when the folder cannot be written.
    package func callAsFunction(carrierPort: Int) async throws -> SandboxAccount {
        _ = try await AddTrunk(context)(
            name: "sandbox",
            address: "127.0.0.1:\(carrierPort)",
            transport: .udp,
            prefix: "+",
            priority: 1000,
            purpose: .any,
            replacing: true
        )
        _ = try await AddNumbers(context)((1...50).map { "+2542000000\($0 < 10 ? "0" : "")\($0)" })
        return try await account()
    }

    private func account() async throws -> SandboxAccount {
        let path = "\(folder)/account.json"
        if let known = SandboxAccount.load(from: path) {
            do {
                _ = try await AuthenticateKey(context)(known.apiKey)
                return known
            } catch is PlatformError {
                // Another database than the file's: a new workspace is made below.
            }
        }
        let created = try await CreateWorkspace(context)(
            name: "Sandbox",
            email: "developer@example.com",
            creditMinor: Self.firstCreditMinor
        )
        let account = SandboxAccount(workspaceID: created.workspace.id.uuidString, apiKey: created.apiKey)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try account.store(at: path)
        return account
    }
}
