import Crypto
import Database
import Logging
import Platform
import Primitives
import TestSupport

/// What the nodes of a test share: a fresh SQLite file, and a workspace with money and a number.
struct VoiceGround {
    let folder: TemporaryFolder
    let location: DatabaseLocation
    let clock = ManualWallClock()
    let shelf: TestShelf
    /// The test's own way to the database.
    let context: PlatformContext
    let workspace: Workspace

    init(_ settings: VoiceWorld.Settings) async throws {
        folder = try TemporaryFolder("voice")
        location = .sqlite(path: folder.path("test.sqlite"))
        shelf = try TestShelf()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        context = PlatformContext(
            database: try await Database.open(location, migrations: PlatformSchema.migrations, logger: logger),
            clock: clock,
            // One source of ids keeps entries of the same millisecond in their order.
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            settings: settings.platform,
            logger: logger
        )
        _ = try await AddNumbers(context)([VoiceWorld.number])
        workspace = try await CreateWorkspace(context)(
            name: "Acme",
            email: "dev@example.com",
            creditMinor: 1000_00 + 15_46
        ).workspace
        _ = try await ClaimNumber(context)(
            workspaceID: workspace.id,
            wanted: .e164(VoiceWorld.number),
            routing: NumberRouting(signingSecret: VoiceWorld.signingSecret)
        )
    }

    /// What a node works with: the same, by a connection of its own.
    func context(on database: Database) -> PlatformContext {
        PlatformContext(
            database: database,
            clock: clock,
            ids: context.ids,
            secrets: context.secrets,
            settings: context.settings,
            logger: context.logger
        )
    }
}
