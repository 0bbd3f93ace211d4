import Logging
import Platform
import ServiceLifecycle

/// What must be done from time to time, by any worker: closing the calls of dead nodes, renewing rentals, deleting
/// recordings and uploads and charging for those that are kept, telling workspaces of new prices, forgetting old idempotency keys,
/// links, sessions and mails.
struct Upkeep {
    let context: PlatformContext
    let vault: ObjectVault
    /// How often dead nodes are looked for.
    var interval: Duration = .seconds(2)
    /// Every how many of these old keys are removed: each ten minutes.
    var purgeEvery = 300

    func run() async {
        await cancelWhenGracefulShutdown {
            var count = 0
            while !Task.isCancelled {
                await settle()
                await renew()
                await keepRecordings()
                await announce()
                if count.isMultiple(of: purgeEvery) { await purge() }
                count += 1
                // A cancelled sleep ends the loop above.
                _ = try? await Task.sleep(for: interval)
            }
        }
    }

    private func settle() async {
        do {
            let count = try await SettleOrphanedCalls(context)()
            if count > 0 { context.logger.warning("orphaned calls were settled", metadata: ["count": "\(count)"]) }
        } catch {
            context.logger.warning("orphaned calls could not be looked for", metadata: ["error": "\(error)"])
        }
    }

    private func renew() async {
        do {
            let report = try await RenewRentals(context)()
            if report != RenewRentals.Report() {
                context.logger.info(
                    "rentals were renewed",
                    metadata: [
                        "renewed": "\(report.renewed)", "unpaid": "\(report.unpaid)", "released": "\(report.released)",
                    ]
                )
            }
        } catch {
            context.logger.warning("rentals could not be renewed", metadata: ["error": "\(error)"])
        }
    }

    private func keepRecordings() async {
        do {
            let expired = try await ExpireRecordings(context)()
            let purged = try await PurgeRecordings(context, vault: vault)()
            let bills = try await BillStorage(context)()
            let lost = try await GiveUpRecordings(context)()
            let files = try await PurgeUploads(context, vault: vault)()
            if expired + purged + lost + files + bills.billed + bills.paid > 0 {
                context.logger.info(
                    "recordings were looked through",
                    metadata: [
                        "expired": "\(expired)", "purged": "\(purged)", "billed": "\(bills.billed)",
                        "paid": "\(bills.paid)", "uploads": "\(files)", "lost": "\(lost)",
                    ]
                )
            }
        } catch {
            context.logger.warning("recordings could not be looked through", metadata: ["error": "\(error)"])
        }
    }

    private func announce() async {
        do {
            let count = try await TellWorkspaces(context)()
            if count > 0 { context.logger.info("workspaces were told", metadata: ["mails": "\(count)"]) }
        } catch {
            context.logger.warning("announcements could not be made", metadata: ["error": "\(error)"])
        }
    }

    private func purge() async {
        do {
            let count = try await PurgeIdempotencyKeys(context)()
            let signIns = try await PurgeSignIns(context)()
            let devices = try await KeepRegistrations(context).purge()
            let events = try await PurgeEvents(context)()
            let entries = try await PurgeTimelines(context)()
            let told = try await AnnounceStatements(context)()
            if told > 0 { context.logger.info("statements were announced", metadata: ["count": "\(told)"]) }
            if count + signIns + devices + events + entries > 0 {
                context.logger.debug(
                    "old rows removed",
                    metadata: [
                        "keys": "\(count)", "sign_ins": "\(signIns)", "registrations": "\(devices)",
                        "events": "\(events)", "timeline_entries": "\(entries)",
                    ]
                )
            }
        } catch {
            context.logger.warning("old rows could not be removed", metadata: ["error": "\(error)"])
        }
    }
}
