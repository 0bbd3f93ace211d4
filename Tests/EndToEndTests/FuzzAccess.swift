import Database
import Foundation
import Logging
import Platform
import Primitives
import Server
import TestSupport

/// A workspace with money and numbers on a running server's database, with a key and a session to ask with.
struct FuzzAccess {
    /// The number that the workspace has.
    static let number = "+254200010001"

    let key: String
    let keyID: String
    let session: String

    init(_ server: TestServer, databaseURL: String?) async throws {
        var configuration = ServerConfiguration()
        configuration.dataFolder = server.folder.path("data")
        configuration.databaseURL = databaseURL
        let context = try await PlatformOpening.open(configuration, logger: Logger(label: "fuzz"))
        _ = try await AddNumbers(context)((1...200).map { "+2542000\(10_000 + $0)" })
        let created = try await CreateWorkspace(context)(
            name: "Fuzz",
            email: "fuzz@example.com",
            creditMinor: 1_000_000_00
        )
        (key, keyID) = (created.apiKey, created.keyID.uuidString)
        _ = try await ClaimNumber(context)(workspaceID: created.workspace.id, wanted: .e164(Self.number))
        let token = Locked("")
        let client = SignInClient(address: "127.0.0.1")
        try await RequestSignIn(context)(email: "fuzz@example.com", client: client) { text in
            token.withLock { $0 = text }
            return text
        }
        session = try await RedeemSignIn(context)(token: token.withLock { $0 }, client: client).secret
        await context.database.close()
    }
}
