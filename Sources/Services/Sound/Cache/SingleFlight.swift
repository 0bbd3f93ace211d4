/// Makes one thing once for all who ask for it at the same time.
actor SingleFlight<Value: Sendable> {
    private var running: [String: Task<Result<Value, SoundError>, Never>] = [:]

    /// What `make` gives, or what it gives to somebody who asked just before.
    ///
    /// It goes on when the one who asked first is gone, since others may wait.
    func value(
        of key: String,
        makingBy make: @escaping @Sendable () async throws(SoundError) -> Value
    ) async throws(SoundError) -> Value {
        if let task = running[key] { return try await task.value.get() }
        let task = Task.detached { () async -> Result<Value, SoundError> in
            do throws(SoundError) { return .success(try await make()) } catch { return .failure(error) }
        }
        running[key] = task
        let result = await task.value
        running[key] = nil
        return try result.get()
    }
}
