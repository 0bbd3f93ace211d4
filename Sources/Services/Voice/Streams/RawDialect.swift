package import OutboundHTTP
import Platform

/// Raw S16LE in binary messages, mono, under `audio.drachtio.org`, after one text of JSON (facts section 9.1).
package struct RawDialect: StreamDialect {
    /// What clients' servers take.
    package static let subprotocol: String? = "audio.drachtio.org"

    private let identity: StreamIdentity
    private let format: StreamFormat
    /// The first half of a sample whose second half comes with the next message.
    private var half: UInt8?

    /// Makes a dialect for one stream.
    package init(_ identity: StreamIdentity, _ format: StreamFormat) {
        self.identity = identity
        self.format = format
    }

    /// Every name under which clients look for the call (facts section 9.1).
    package func opening() -> [OutgoingSocketMessage] {
        let metadata = JSONValue(present: [
            ("callSid", .string(identity.callSid)), ("sessionId", .string(identity.sessionID)),
            ("call_sid", .string(identity.callSid)), ("call_id", .string(identity.callSid)),
            ("streamSid", .string(identity.streamSid)), ("accountSid", .string(identity.accountSid)),
            ("from", .string(identity.from)), ("to", .string(identity.to)),
            ("callerNumber", .string(identity.from)), ("destinationNumber", .string(identity.to)),
            ("direction", .string(identity.direction)), ("track", .string(format.track.rawValue)),
            ("sampleRate", .integer(Int64(format.outgoingRate))),
            ("bidirectionalSampleRate", .integer(Int64(format.incomingRate))),
            ("headers", StreamText.document(format.headerMetadata)),
            ("metadata", format.openMetadata.map { .string($0) }),
        ])
        return [OutgoingSocketMessage(.text, metadata.bytes)]
    }

    /// The samples, low byte first.
    package func sound(_ frame: StreamFrame) -> OutgoingSocketMessage {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * frame.samples.count)
        for sample in frame.samples {
            let bits = UInt16(bitPattern: sample)
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        }
        return OutgoingSocketMessage(.binary, bytes, isPerishable: true)
    }

    /// Sound, or the one command of the facts, `killAudio`.
    package mutating func receive(_ message: SocketMessage) -> StreamEvent? {
        switch message {
        case .binary(let bytes):
            let samples = samples(of: bytes)
            return samples.isEmpty ? nil : .audio(samples, rate: format.incomingRate)
        case .text(let text): return command(text)
        }
    }

    /// There are none here.
    package func marked(_ name: String) -> OutgoingSocketMessage? { nil }

    /// Keys go to callbacks only.
    package func pressed(_ digit: Character) -> OutgoingSocketMessage? { nil }

    /// The end of the socket says it.
    package func ending() -> OutgoingSocketMessage? { nil }

    private mutating func samples(of bytes: [UInt8]) -> [Int16] {
        var samples: [Int16] = []
        samples.reserveCapacity(bytes.count / 2 + 1)
        for byte in bytes {
            if let low = half.take() {
                samples.append(Int16(bitPattern: UInt16(byte) << 8 | UInt16(low)))
            } else {
                half = byte
            }
        }
        return samples
    }

    private mutating func command(_ text: String) -> StreamEvent {
        guard text.utf8.count <= StreamText.longestCommand else { return .fault("a text is too long") }
        guard let object = StreamText.object(text) else { return .fault("a text is not a JSON object") }
        switch object["type"]?.stringValue {
        case "killAudio":
            // What follows begins with a whole sample.
            half = nil
            return .clear
        case nil: return .fault("a text has no 'type'")
        default: return .fault("a text has an unknown 'type'")
        }
    }
}
