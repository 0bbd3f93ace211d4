/// Where the call's sound comes from: what the media engine hears, frame by frame.
package protocol StreamTap: Sendable {
    /// Waits for the next frame; nil when the leg is gone, the tap is closed or the task is cancelled.
    func next() async -> StreamFrame?
    /// Hears nothing more.
    func close()
    /// Frames that were lost because nobody took them in time.
    var dropped: Int { get }
}
