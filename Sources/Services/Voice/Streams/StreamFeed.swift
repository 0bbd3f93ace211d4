/// Where a socket's sound goes to: what the media engine plays to the caller, in the order it came.
package protocol StreamFeed: Sendable {
    /// Puts linear samples behind those that wait.
    ///
    /// - Returns: false when there is no room for them now.
    func append(_ samples: [Int16], rate: Int) -> Bool
    /// Has it reported, once everything that was appended before was played; at once when nothing waits.
    ///
    /// - Returns: false when too many wait already: this one is not reported.
    func mark(_ name: String) -> Bool
    /// Drops everything that waits, marks included, of which none is reported.
    func clear()
    /// How long it takes until everything that waits was played.
    var queued: Duration { get }
}
