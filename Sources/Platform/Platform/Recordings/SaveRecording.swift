import Database
package import Primitives

/// Makes a finished recording known and tells the customer.
package struct SaveRecording: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores the row and emits `call.recording.ready` with a link that works for an hour; a second time changes nothing.
    ///
    /// - Parameters:
    ///   - id: chosen when the recording began.
    ///   - publicURL: where this server is reached, without a slash at the end.
    /// - Returns: the link.
    /// - Throws: `PlatformError` `calls.not_found`; `DatabaseError`.
    @discardableResult
    package func callAsFunction(
        id: Identifier,
        source: RecordingSource,
        callID: Identifier,
        file: String,
        duration: Duration,
        sizeBytes: Int64,
        publicURL: String
    ) async throws -> String {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let call = try CallTable.find(callID, in: tx) else {
                throw PlatformError(.callNotFound, "There is no call \(callID).")
            }
            let context = try context.onClock(of: call.workspaceID, in: tx)
            let now = context.clock.now()
            let recording = Recording(
                id: id,
                callID: callID,
                workspaceID: call.workspaceID,
                source: source,
                file: file,
                duration: duration,
                sizeBytes: sizeBytes,
                createdAt: now,
                removedAt: nil
            )
            let count = CountStorage(context)
            let use = try count.take(call.workspaceID, at: now, in: tx)
            // Links are for whoever has them, and so in the server's time.
            let expiresAt = context.serverClock.now() + context.settings.recordingLinkLifetime
            let link = publicURL + RecordingLink(context).path(of: recording.id, expiresAt: expiresAt)
            guard try RecordingTable.insert(recording, in: tx) else { return link }
            try count.move(use, of: call.workspaceID, by: sizeBytes, at: now, in: tx)
            try SaveRecording(context).announce(recording, of: call, link, until: expiresAt, at: now, in: tx)
            return link
        }
    }

    private func announce(
        _ recording: Recording,
        of call: Call,
        _ link: String,
        until expiresAt: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let seconds = (recording.duration.wholeMilliseconds + 500) / 1000
        var data: [JSONMember] = [
            JSONMember("call_id", .string(call.id.rendered(prefix: "call"))),
            JSONMember("number_id", .string(call.numberID.rendered(prefix: "num"))),
            JSONMember("recording_id", .string(recording.id.rendered(prefix: "rec"))),
            JSONMember("duration_seconds", .integer(seconds)), JSONMember("size_bytes", .integer(recording.sizeBytes)),
            JSONMember("download_url", .string(link)), JSONMember("expires_at", .string(expiresAt.rfc3339)),
            JSONMember("pbx_call_id", .string(call.sessionID)),
            JSONMember("source", .string(recording.source.rawValue)),
        ]
        if let name = call.clientRequestID { data.append(JSONMember("clientRequestId", .string(name))) }
        try TimelineTable.append(
            "call.recording.ready",
            ["duration_seconds": .integer(seconds), "size_bytes": .integer(recording.sizeBytes)],
            to: call.id,
            at: now,
            id: context.ids.next(),
            in: tx
        )
        try CallEvents(context).publish("call.recording.ready", data: .object(data), of: call, at: now, in: tx)
    }
}
