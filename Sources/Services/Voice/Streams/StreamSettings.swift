/// The limits of a stream, each with its default.
package struct StreamSettings: Sendable {
    /// How much unplayed sound is kept for a call; then the socket is not read until some was played. Default 60 s.
    package var maxQueued: Duration = .seconds(60)
    /// How long a stream waits before it looks again whether there is room for more sound. Default 100 ms.
    package var retryInterval: Duration = .milliseconds(100)
    /// Marks that wait for sound to be played. Default 1,000.
    package var maxMarks = 1000
    /// Messages that nobody understands, until the stream is ended. Default 1,000.
    package var maxFaults = 1000
    /// How long opening the socket may take. Default 10 s.
    package var connectTimeout: Duration = .seconds(10)

    /// Makes the default limits.
    package init() {}
}
