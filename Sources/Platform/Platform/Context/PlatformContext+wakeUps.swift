import Database

extension PlatformContext {
    /// Rings at once, whenever a channel is notified of, and every so often: for those who do what is due. Rings that nobody
    /// has answered yet are one. It ends with the task that listens.
    package func wakeUps(on channel: String, every interval: Duration) -> AsyncStream<Void> {
        let (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let ringing = Task { [database] in
            await withDiscardingTaskGroup { group in
                group.addTask { for await _ in database.notifications(channel) { bell.yield() } }
                while !Task.isCancelled {
                    bell.yield()
                    // A cancelled sleep ends the loop above.
                    _ = try? await Task.sleep(for: interval)
                }
                group.cancelAll()
            }
        }
        bell.onTermination = { _ in ringing.cancel() }
        return rings
    }
}
