/// Tells keys from telephone event packets, each key once, whichever of its packets were lost (RFC 4733 section 2.5.2).
package struct DigitDetector: Sendable {
    private var lastTimestamp: UInt32?

    /// Makes a detector that has seen nothing.
    package init() {}

    /// The key that a packet begins, or nil for another packet of a known one or for an event that is no key.
    ///
    /// - Parameter timestamp: the packet's, which all packets of a key share.
    package mutating func receive(_ event: TelephoneEvent, timestamp: UInt32) -> Character? {
        guard timestamp != lastTimestamp, Int(event.code) < TelephoneEvent.keys.count else { return nil }
        // A late packet of an earlier key is not a new one.
        if let last = lastTimestamp, Int32(bitPattern: timestamp &- last) < 0 { return nil }
        lastTimestamp = timestamp
        return TelephoneEvent.keys[Int(event.code)]
    }
}
