import Logging
import Platform
import Primitives

/// The steps of a call on their way to the database, in their order. The call never waits for them.
actor CallJournal {
    /// Steps that wait while the database is away; beyond this only changes of status are kept.
    private static let limit = 1000

    private let callID: Identifier
    private let context: PlatformContext
    private let persistence: Persistence
    private var waiting: [RecordProgress.Step] = []
    private var writer: Task<Void, Never>?

    init(_ callID: Identifier, _ context: PlatformContext, _ persistence: Persistence) {
        self.callID = callID
        self.context = context
        self.persistence = persistence
    }

    /// Takes a step; it is stored soon.
    func append(_ step: RecordProgress.Step) {
        guard waiting.count < Self.limit || step.event != nil else { return }
        waiting.append(step)
        if writer == nil { writer = Task { await write() } }
    }

    /// Returns when every step taken so far is stored.
    func drain() async {
        while let writer { await writer.value }
    }

    private func write() async {
        while !waiting.isEmpty {
            let batch = waiting
            await persistence.untilStored("progress") { [callID, context] in
                try await RecordProgress(context)(callID: callID, steps: batch)
            }
            waiting.removeFirst(batch.count)
        }
        writer = nil
    }
}
