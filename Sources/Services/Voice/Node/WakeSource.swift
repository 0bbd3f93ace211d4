/// Joins notifications with a steady beat.
enum WakeSource {
    /// Yields at once, for each notification, and at least every `interval`; ends when the consumer does.
    ///
    /// - Returns: the wakes, and what asks for one more at a time of its own.
    static func merge(
        _ notifications: AsyncStream<Void>,
        every interval: Duration
    ) -> (wakes: AsyncStream<Void>, alarm: WakeAlarm) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listening = Task {
            for await _ in notifications { continuation.yield() }
            continuation.finish()
        }
        let beating = Task {
            while !Task.isCancelled {
                continuation.yield()
                do { try await Task.sleep(for: interval) } catch { return }
            }
        }
        continuation.onTermination = { _ in
            listening.cancel()
            beating.cancel()
        }
        return (stream, WakeAlarm(continuation))
    }
}
