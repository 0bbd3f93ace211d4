package import Database
import Ledger

/// Every step of the schema, the ledger's included.
package enum PlatformSchema {
    /// What `Database.open` is given.
    package static let migrations: [Migration] =
        LedgerSchema.migrations + [
            WorkspaceTable.migration, KeyTable.migration, UserTable.migration, MembershipTable.migration,
            SessionTable.migration, SignInLinkTable.migration, MailTable.migration, InvitationTable.migration,
            IdempotencyTable.migration, AuditTable.migration, NumberTable.migration, NumberTable.renewalMigration,
            NumberTable.renewalOrderMigration,
            SIPCredentialTable.migration,
            PortRequestTable.migration, PortDocumentTable.migration,
            PaymentTable.migration, TopupTable.migration,
            PriceTable.migration, RateTable.migration, AnnouncementTable.migration,
            TrunkTable.migration, TrunkTable.sourceMigration, CallTable.migration, TimelineTable.migration,
            VoiceCommandTable.migration,
            LimitTables.migration, CallTable.limitMigration, DialQueueTable.migration, CallTable.directionMigration,
            NodeTable.migration, NodeWatchTable.migration, RecordingTable.migration, StorageTable.migration,
            StorageBillTable.migration, StatementRunTable.migration,
            AlertThresholdTable.migration, AlertRecipientTable.migration, MailTable.unsubscribeMigration,
            SubscriptionTable.migration, OutboxTable.migration, DeliveryTable.migration,
            TestClockTable.migration, NumberTable.testMigration, NumberTable.formatMigration,
            VoiceCommandTable.actionMigration, UploadTable.migration, ConferenceTable.migration,
            VoiceCommandTable.commandMigration, PaymentTable.tieMigration,
            RecordingTable.severalMigration,
            TrunkTable.inboundMigration, RegistrationTable.migration, RegistrationTable.pathMigration,
            TrunkRegistrationTable.migration, RecordingJobTable.migration, PriceTable.sipMigration,
            RecordingTable.channelsMigration, DeliveryTable.eventMigration, PaymentTable.certaintyMigration,
            TopupTable.askedMigration, BrowserOriginTable.migration, BrowserTable.migration,
            NodeTable.placeMigration,
        ]
}
