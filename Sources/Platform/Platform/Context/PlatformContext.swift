package import Database
package import Logging
package import Primitives

/// What every use case needs: the database, time, identity, secrets and limits.
package struct PlatformContext: Sendable {
    /// The one database.
    package private(set) var database: Database
    /// The time of those for whom things are done: the server's, but for test workspaces whose clock was moved.
    package private(set) var clock: any WallClock
    /// Ids and secrets; ids carry the clock's time.
    package private(set) var ids: any IdentifierSource
    /// The server's own time, in which it is written down when it has something to do.
    package let serverClock: any WallClock
    /// How far `clock` is ahead of that.
    private(set) var clockOffset: Duration = .zero
    private let serverIDs: any IdentifierSource
    /// Encrypts what must be read back: trunk passwords, signing secrets.
    package let secrets: SecretBox
    /// Limits and prices.
    package let settings: PlatformSettings
    /// Prices and rates, by date.
    package let prices: PriceBook
    /// Where what an operator must see goes.
    package let logger: Logger
    /// On whose behalf the use cases act that are made with this context.
    package private(set) var asker = Asker.system

    /// Puts the parts together.
    package init(
        database: Database,
        clock: any WallClock,
        ids: any IdentifierSource,
        secrets: SecretBox,
        settings: PlatformSettings = PlatformSettings(),
        logger: Logger
    ) {
        self.database = database
        self.clock = clock
        self.ids = ids
        serverClock = clock
        serverIDs = ids
        self.secrets = secrets
        self.settings = settings
        prices = PriceBook(database: database, clock: clock, settings: settings)
        self.logger = logger
    }

    /// The same for somebody's request: what it changes is noted under their name.
    package func asked(by asker: Asker) -> PlatformContext {
        var context = moved(by: asker.clockOffset)
        context.asker = asker
        return context
    }

    /// The same over another database.
    package func on(_ database: Database) -> PlatformContext {
        var context = self
        context.database = database
        return context
    }

    /// The same in the time of somebody whose clock is ahead of the server's.
    package func moved(by offset: Duration) -> PlatformContext {
        var context = self
        (context.clock, context.ids, context.clockOffset) = (serverClock, serverIDs, offset)
        if offset != .zero {
            context.clock = MovedWallClock(serverClock, by: offset)
            context.ids = MovedIdentifierSource(serverIDs, by: offset)
        }
        return context
    }

    /// The same in a workspace's time.
    func onClock(of workspace: Workspace) -> PlatformContext { moved(by: workspace.clockOffset) }

    /// The same by a workspace's id.
    func onClock(of workspaceID: Identifier, in tx: SQLTransaction) throws -> PlatformContext {
        onClock(of: try WorkspaceTable.require(workspaceID, in: tx))
    }

    /// The one way to the ledger.
    var ledger: WalletLedger { WalletLedger(self) }
}
