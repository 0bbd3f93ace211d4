/// The numbers of one RTP stream that we send (RFC 3550 section 5.1), whether its packets are our own or somebody else's
/// passed on: the peer sees one source whose sequence and time go on when that changes.
package struct OutgoingStream: Sendable {
    /// How the numbers of the source that is passed on become ours.
    private struct Relay {
        let ssrc: UInt32
        let sequenceOffset: UInt16
        let timestampOffset: UInt32
    }

    /// Names the stream.
    package let ssrc: UInt32
    /// The number of the next packet.
    package private(set) var sequence: UInt16
    /// The time of the present moment, in samples.
    package private(set) var timestamp: UInt32
    private var newest: UInt32
    private var relay: Relay?

    /// Makes a stream that begins with these numbers; they should be random (RFC 3550 section 5.1).
    package init(ssrc: UInt32, sequence: UInt16, timestamp: UInt32) {
        self.ssrc = ssrc
        self.sequence = sequence
        self.timestamp = timestamp
        newest = timestamp &- 1
    }

    /// Time passes.
    package mutating func advance(samples: UInt32) {
        timestamp &+= samples
    }

    /// The header of a packet of our own, of this moment or, for a key, of an earlier one.
    package mutating func own(payloadType: UInt8, marker: Bool, timestamp earlier: UInt32? = nil) -> RTPHeader {
        relay = nil
        // What was passed on may have run ahead of our clock.
        if earlier == nil, Int32(bitPattern: timestamp &- newest) <= 0 { timestamp = newest &+ 1 }
        if earlier == nil { newest = timestamp }
        defer { sequence &+= 1 }
        return RTPHeader(
            payloadType: payloadType,
            marker: marker,
            sequence: sequence,
            timestamp: earlier ?? timestamp,
            ssrc: ssrc
        )
    }

    /// The header under which another stream's packet is passed on: gaps and order stay as they are.
    package mutating func pass(_ header: RTPHeader) -> RTPHeader {
        let known = relay.flatMap { $0.ssrc == header.ssrc ? $0 : nil }
        let relay =
            known
            ?? Relay(
                ssrc: header.ssrc,
                sequenceOffset: sequence &- header.sequence,
                timestampOffset: timestamp &- header.timestamp
            )
        self.relay = relay
        var passed = header
        passed.ssrc = ssrc
        passed.sequence = header.sequence &+ relay.sequenceOffset
        passed.timestamp = header.timestamp &+ relay.timestampOffset
        // The first packet of another source begins a talk spurt.
        if known == nil { passed.marker = true }
        if Int16(bitPattern: passed.sequence &- sequence) >= 0 { sequence = passed.sequence &+ 1 }
        if Int32(bitPattern: passed.timestamp &- newest) > 0 { newest = passed.timestamp }
        return passed
    }
}
