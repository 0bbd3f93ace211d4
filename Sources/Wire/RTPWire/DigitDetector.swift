/// Tells keys from telephone event packets, each key once, whichever of its packets were lost, doubled or overtaken
/// (RFC 4733 section 2.5.2).
package struct DigitDetector: Sendable {
    /// The key heard last.
    private struct Press {
        var timestamp: UInt32
        var code: UInt8
        var duration: UInt16
        var isEnded: Bool
    }

    /// Nothing on the way is late by ten seconds: a timestamp that far back is that of a sender that started over.
    private let latest: Int32
    /// A key held for longer than 65,535 units is sent in segments that follow each other (RFC 4733 section 2.5.1.3); this
    /// many units of the end of one, 200 ms, may be lost.
    private let lostBetweenSegments: UInt32

    private var last: Press?

    /// Makes a detector that has seen nothing.
    ///
    /// - Parameter clockRate: units of the timestamps in a second.
    package init(clockRate: Int = 8000) {
        latest = Int32(10 * clockRate)
        lostBetweenSegments = UInt32(clockRate / 5)
    }

    /// The key that a packet begins, or nil for another packet of a known one or for an event that is no key.
    ///
    /// - Parameters:
    ///   - timestamp: the packet's, which all packets of a key share, but for those of one held very long.
    ///   - marker: the packet's: set on the first of a key.
    package mutating func receive(_ event: TelephoneEvent, timestamp: UInt32, marker: Bool = false) -> Character? {
        guard Int(event.code) < TelephoneEvent.keys.count else { return nil }
        if let known = last {
            let step = Int32(bitPattern: timestamp &- known.timestamp)
            if step < 0, step > -latest { return nil }
            if step == 0 || (step > 0 && continues(known, event, after: UInt32(step), marker)) {
                follow(event, timestamp)
                return nil
            }
        }
        last = Press(timestamp: timestamp, code: event.code, duration: event.duration, isEnded: event.isEnd)
        return TelephoneEvent.keys[Int(event.code)]
    }

    /// Whether a packet with a later timestamp is of the same key all the same: it begins before what is known of the key
    /// has passed (a sender that moves the timestamp with each packet), or where a full segment ends.
    private func continues(_ known: Press, _ event: TelephoneEvent, after step: UInt32, _ marker: Bool) -> Bool {
        guard event.code == known.code else { return false }
        if step < known.duration { return true }
        guard !known.isEnded, !marker else { return false }
        let isNextSegment = step >= 0xFFFF - lostBetweenSegments && step <= 0xFFFF + lostBetweenSegments
        return step == known.duration || isNextSegment
    }

    private mutating func follow(_ event: TelephoneEvent, _ timestamp: UInt32) {
        guard var known = last else { return }
        if known.timestamp != timestamp { known.duration = 0 }
        known.timestamp = timestamp
        known.duration = max(known.duration, event.duration)
        known.isEnded = known.isEnded || event.isEnd
        last = known
    }
}
