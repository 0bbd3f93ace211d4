/// What a peer does that never answers.
package enum Silence {
    /// Never ends; only when the task is cancelled.
    package static func forever() async {
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }
}
