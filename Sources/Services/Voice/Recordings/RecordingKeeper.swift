import Database
import Logging
import MediaEngine
package import ObjectStorage
package import Platform
import Primitives

/// Sees that what a machine's calls recorded gets into the store, whatever happened to the process that recorded it.
package struct RecordingKeeper: Sendable {
    private let spool: SpoolFolder
    private let context: PlatformContext
    private let vault: ObjectVault
    private let store: StoreRecordings
    private let publicURL: String
    private let pollInterval: Duration
    private let recoveryInterval: Duration

    /// Makes a keeper; a node's `VoiceService` runs it.
    ///
    /// - Parameters:
    ///   - publicURL: where this server is reached, without a slash at the end; recordings' links begin with it.
    ///   - pollInterval: how often it looks for recordings whose time has come again. Default 2 s.
    ///   - recoveryInterval: how often it goes through the spool for what was left there. Default 60 s.
    package init(
        _ context: PlatformContext,
        vault: ObjectVault,
        spool: SpoolFolder,
        publicURL: String,
        pollInterval: Duration = .seconds(2),
        recoveryInterval: Duration = .seconds(60)
    ) {
        self.context = context
        self.vault = vault
        self.spool = spool
        self.publicURL = publicURL
        self.pollInterval = pollInterval
        self.recoveryInterval = recoveryInterval
        store = StoreRecordings(context, vault: vault, spool: spool, publicURL: publicURL)
    }

    /// Where calls are recorded.
    var folder: String { spool.path }

    /// Takes a recording that is complete in the spool; the store has it soon.
    ///
    /// - Returns: a link to it, which works for a while; nil when there is nothing in it, or it is refused.
    func keep(
        _ summary: RecordingSummary,
        _ recording: OngoingRecording,
        of call: Call,
        _ persistence: Persistence
    ) async -> String? {
        if let failure = summary.failure {
            persistence.logger.error("a recording is not whole", metadata: ["error": "\(failure)"])
        }
        guard summary.sampleCount > 0 else {
            await drop(recording, persistence)
            return nil
        }
        let byteCount = recording.channels == .dual ? summary.stereoByteCount : summary.mixByteCount
        let facts = RecordingFacts(
            duration: summary.duration,
            sizeBytes: Int64(byteCount),
            channels: recording.channels
        )
        return await persistence.untilStored("recording") {
            try await KeepRecording(context, vault: vault)(
                id: recording.id,
                source: recording.source,
                callID: call.id,
                mix: recording.names.mix,
                facts: facts,
                spoolID: spool.id
            )
            // Links are for whoever has them, and so in the server's time.
            let expiresAt = context.serverClock.now() + context.settings.recordingLinkLifetime
            return publicURL + RecordingLink(context).path(of: recording.id, expiresAt: expiresAt)
        }
    }

    /// Nothing was said: the empty files are of use to nobody.
    private func drop(_ recording: OngoingRecording, _ persistence: Persistence) async {
        do {
            try await spool.remove(RecordingFileNames.all(ofMix: recording.names.mix))
        } catch {
            persistence.logger.warning("an empty recording stays", metadata: ["error": "\(error)"])
        }
    }

    /// Works until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await recoverFromTimeToTime() }
            for await _ in context.wakeUps(on: Channel.recordings, every: pollInterval) where !Task.isCancelled {
                await storeDue()
            }
        }
    }

    private func storeDue() async {
        do {
            guard let due = try await store.nextDue(), due <= context.serverClock.now() else { return }
            _ = try await store()
        } catch {
            if !Task.isCancelled { context.logger.warning("recordings wait", metadata: ["error": "\(error)"]) }
        }
    }

    private func recoverFromTimeToTime() async {
        while !Task.isCancelled {
            do {
                _ = try await RecoverRecordings(context, vault: vault, spool: spool)()
                _ = try await PurgeSpool(context, spool: spool)()
            } catch {
                if !Task.isCancelled {
                    context.logger.warning("the spool was not looked through", metadata: ["error": "\(error)"])
                }
            }
            // A cancelled sleep ends the loop above.
            _ = try? await Task.sleep(for: recoveryInterval)
        }
    }
}
