/// How media runs.
package struct MediaConfiguration: Sendable {
    /// The address to bind.
    package var host = "127.0.0.1"
    /// RTP ports, even ones; each RTCP port is one above. Default 20,000 to 29,999.
    package var ports = 20_000...29_999
    /// Threads that move packets. Default 1.
    package var threadCount = 1
    /// A connected leg that hears nothing for this long reports silence. Default 60 s.
    package var silenceTimeout: Duration = .seconds(60)
    /// The longest recording. Default 4 hours.
    package var longestRecording: Duration = .seconds(4 * 3600)

    /// Makes the default behaviour.
    package init() {}
}
