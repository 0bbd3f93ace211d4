import Logging
import Platform
import Primitives

/// The steps of a call on their way to the database, in their order. The call never waits for them.
///
/// A change of status is stored at once, with all that waits; what only tells the story waits for it, or for the node's next
/// heartbeat, since each time of storing costs the disk a commit.
actor CallJournal {
    /// Steps that wait while the database is away; beyond this only changes of status are kept.
    private static let limit = 1000

    private let callID: Identifier
    private let services: VoiceServices
    private let persistence: Persistence
    private var waiting: [RecordProgress.Step] = []
    private var writer: Task<Void, Never>?

    init(_ callID: Identifier, _ services: VoiceServices, _ persistence: Persistence) {
        self.callID = callID
        self.services = services
        self.persistence = persistence
    }

    /// Takes a step; it is stored soon.
    func append(_ kind: String, _ payload: JSONValue, at moment: Timestamp, _ event: CallEvent?) {
        guard waiting.count < Self.limit || event != nil else { return }
        waiting.append(
            RecordProgress.Step(kind, payload, id: services.context.ids.next(), at: moment, event: event)
        )
        if event != nil { write() }
    }

    /// Ends the journal.
    ///
    /// - Returns: the steps that are not stored yet, for whoever settles the call to store.
    func takeRest() async -> [RecordProgress.Step] {
        while let writer { await writer.value }
        defer { waiting = [] }
        return waiting
    }

    /// Stores what waits.
    func write() {
        if writer == nil, !waiting.isEmpty {
            writer = Task(executorPreference: services.executor) { await self.writeAll() }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = waiting
            await persistence.untilStored("progress") { [callID, services] in
                try await RecordProgress(services.context)(callID: callID, steps: batch)
            }
            waiting.removeFirst(batch.count)
        }
        writer = nil
    }
}
