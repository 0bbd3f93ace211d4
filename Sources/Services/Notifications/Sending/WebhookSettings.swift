/// The limits of sending webhooks, each with its default.
package struct WebhookSettings: Sendable {
    /// How long one attempt may take in all, redirects included (facts section 12.6); default 10 s.
    package var attemptTimeout: Duration = .seconds(10)
    /// Redirects (307 and 308) that are followed; default 3.
    package var maxRedirects = 3
    /// Bytes of an answer that are kept in the log; default 512.
    package var excerptBytes = 512
    /// Bytes of an answer that are read at all, so that the connection can be used again; default 65,536.
    package var answerBytes = 65_536
    /// Requests under way at once; default 512.
    package var maxConcurrent = 512
    /// Requests under way at once to one host and port; default 32.
    package var maxConcurrentPerHost = 32
    /// Deliveries that wait in memory for a place; default 2,048.
    package var maxWaiting = 2048
    /// How long one waits in memory before it is put back; shorter than the lease less an attempt; default 10 s.
    package var maxWait: Duration = .seconds(10)
    /// When one that was put back is due again; default 5 s.
    package var postponement: Duration = .seconds(5)
    /// Deliveries taken at once; default 256.
    package var batch = 256
    /// How long an outcome waits for others to be stored with it. A process that dies meanwhile delivers again; default 100 ms.
    package var recordPause: Duration = .milliseconds(100)
    /// How often due retries are looked for; first attempts are woken by their commit; default 1 s.
    package var pollInterval: Duration = .seconds(1)
    /// How long attempts under way may go on at shutdown; default 5 s.
    package var shutdownGrace: Duration = .seconds(5)
    /// What the requests call themselves.
    package var userAgent = "Sautikit-Webhooks/1.0"

    /// Makes the default limits.
    package init() {}
}
