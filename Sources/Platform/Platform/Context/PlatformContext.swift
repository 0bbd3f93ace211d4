package import Database
import Ledger
package import Logging
package import Primitives

/// What every use case needs: the database, time, identity, secrets and limits.
package struct PlatformContext: Sendable {
    /// The one database.
    package let database: Database
    /// Wall time.
    package let clock: any WallClock
    /// Ids and secrets.
    package let ids: any IdentifierSource
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
        self.secrets = secrets
        self.settings = settings
        prices = PriceBook(database: database, clock: clock, settings: settings)
        self.logger = logger
    }

    /// The same for somebody's request: what it changes is noted under their name.
    package func asked(by asker: Asker) -> PlatformContext {
        var context = self
        context.asker = asker
        return context
    }

    var ledger: Ledger { Ledger(ids: ids) }
}
