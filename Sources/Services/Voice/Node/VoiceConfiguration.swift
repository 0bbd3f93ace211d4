/// How a voice node behaves.
package struct VoiceConfiguration: Sendable {
    /// The address in our session descriptions.
    package var mediaHost = "127.0.0.1"
    /// What we call ourselves in From.
    package var sipDomain = "sautikit.local"
    /// The longest that this node lets a call last, whatever the call's own limit is. Default a day.
    package var longestCall: Duration = .seconds(86_400)
    /// How often the node says that it lives. Default 1 s.
    package var heartbeat: Duration = .seconds(1)
    /// How long a customer's server may take to say what a call does. Default 10 s.
    package var callbackTimeout: Duration = .seconds(10)
    /// Commands taken at once. Default 64.
    package var takeLimit = 64
    /// How long a stopping node waits for its calls to end. Default 5 s.
    package var shutdownLimit: Duration = .seconds(5)

    /// Makes the default configuration.
    package init() {}
}
