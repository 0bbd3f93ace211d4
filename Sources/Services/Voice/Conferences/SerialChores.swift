/// Work that is done one piece after another, beside whoever gives it; what was given is done also when that is gone.
final class SerialChores: Sendable {
    /// Pieces that may wait; of more the oldest are lost.
    private static let limit = 10_000

    private let pieces: AsyncStream<@Sendable () async -> Void>.Continuation

    /// - Parameter executor: where the work is done; anywhere when nil.
    init(executor: (any TaskExecutor)?) {
        let (stream, pieces) = AsyncStream.makeStream(
            of: (@Sendable () async -> Void).self,
            bufferingPolicy: .bufferingNewest(Self.limit)
        )
        self.pieces = pieces
        Task(executorPreference: executor) {
            for await piece in stream { await piece() }
        }
    }

    /// Does this after all that was given before.
    func add(_ piece: @escaping @Sendable () async -> Void) {
        pieces.yield(piece)
    }

    deinit { pieces.finish() }
}
