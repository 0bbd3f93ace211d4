package import OutboundHTTP
import Platform
import Primitives

/// The messages of Twilio's Media Streams: JSON, with u-law in base 64, each voice in messages of its own.
///
/// At 16 kHz it is u-law of that rate, which `start` says; at 8 kHz everything is as clients of Twilio know it.
package struct TwilioDialect: StreamDialect {
    /// None is spoken.
    package static let subprotocol: String? = nil
    /// The longest name of a mark, in bytes.
    static let longestMark = 256

    private let identity: StreamIdentity
    private let format: StreamFormat
    private let streamSid: String
    /// Counts the messages from `start` on.
    private var sequence = 0
    /// Counts the frames of each voice.
    private var chunks: [StreamTrack: Int] = [:]

    /// Makes a dialect for one stream.
    package init(_ identity: StreamIdentity, _ format: StreamFormat) {
        self.identity = identity
        self.format = format
        streamSid = identity.streamSid
    }

    /// `connected`, then `start`.
    package mutating func opening() -> [OutgoingSocketMessage] {
        let connected: JSONValue = ["event": "connected", "protocol": "Call", "version": "1.0.0"]
        let tracks: [JSONValue] =
            switch format.track {
            case .inbound: ["inbound"]
            case .outbound: ["outbound"]
            case .both: ["inbound", "outbound"]
            }
        let start = JSONValue(present: [
            ("accountSid", .string(identity.accountSid)), ("streamSid", .string(streamSid)),
            ("callSid", .string(identity.callSid)), ("tracks", .array(tracks)),
            ("customParameters", parameters),
            (
                "mediaFormat",
                [
                    "encoding": "audio/x-mulaw", "sampleRate": .integer(Int64(format.outgoingRate)), "channels": 1,
                ]
            ),
            ("sessionId", .string(identity.sessionID)), ("from", .string(identity.from)),
            ("to", .string(identity.to)), ("openMetadata", format.openMetadata.map { .string($0) }),
        ])
        return [OutgoingSocketMessage(.text, connected.bytes), message("start", ("start", start))]
    }

    /// `media`. A frame of mixed sound is what the caller says, as far as clients know.
    package mutating func sound(_ frame: StreamFrame) -> OutgoingSocketMessage {
        let track = frame.track == .outbound ? "outbound" : "inbound"
        sequence += 1
        let chunk = chunks[frame.track, default: 0] + 1
        chunks[frame.track] = chunk
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + MuLaw.base64Count(frame.samples.count))
        bytes += "{\"event\":\"media\",\"sequenceNumber\":\"\(sequence)\",\"media\":{\"track\":\"\(track)\"".utf8
        bytes += ",\"chunk\":\"\(chunk)\",\"timestamp\":\"\(frame.offset.wholeMilliseconds)\",\"payload\":\"".utf8
        MuLaw.append(frame.samples, to: &bytes)
        bytes += "\"},\"streamSid\":\"\(streamSid)\"}".utf8
        return OutgoingSocketMessage(.text, bytes, isPerishable: true)
    }

    /// `media`, `mark`, `clear` or `stop`.
    package func receive(_ message: SocketMessage) -> StreamEvent? {
        guard case .text(let text) = message else { return .fault("a message is binary") }
        guard let object = StreamText.object(text) else { return .fault("a message is not a JSON object") }
        if let other = object["streamSid"], other != .string(streamSid) {
            return .fault("a message is for another stream")
        }
        let event = object["event"]?.stringValue
        guard event == "media" || text.utf8.count <= StreamText.longestCommand else {
            return .fault("a message is too long")
        }
        switch event {
        case "media": return media(object["media"])
        case "mark": return mark(object["mark"])
        case "clear": return .clear
        case "stop": return .stop
        case nil: return .fault("a message has no 'event'")
        default: return .fault("a message has an unknown 'event'")
        }
    }

    /// `mark`.
    package mutating func marked(_ name: String) -> OutgoingSocketMessage? {
        message("mark", ("mark", ["name": .string(name)]))
    }

    /// `dtmf`.
    package mutating func pressed(_ digit: Character) -> OutgoingSocketMessage? {
        message("dtmf", ("dtmf", ["track": "inbound_track", "digit": .string(String(digit))]))
    }

    /// `stop`.
    package mutating func ending() -> OutgoingSocketMessage? {
        let stop: JSONValue = ["accountSid": .string(identity.accountSid), "callSid": .string(identity.callSid)]
        return message("stop", ("stop", stop))
    }

    private mutating func message(_ event: String, _ part: (String, JSONValue)) -> OutgoingSocketMessage {
        sequence += 1
        let all = JSONValue(present: [
            ("event", .string(event)), ("sequenceNumber", .string("\(sequence)")), part,
            ("streamSid", .string(streamSid)),
        ])
        return OutgoingSocketMessage(.text, all.bytes)
    }

    private func media(_ part: JSONValue?) -> StreamEvent? {
        guard let payload = part?["payload"]?.stringValue else { return .fault("a 'media' has no 'payload'") }
        guard let samples = MuLaw.samples(payload) else { return .fault("a 'payload' is not base 64") }
        return samples.isEmpty ? nil : .audio(samples, rate: format.incomingRate)
    }

    private func mark(_ part: JSONValue?) -> StreamEvent {
        guard let name = part?["name"]?.stringValue else { return .fault("a 'mark' has no 'name'") }
        guard name.utf8.count <= Self.longestMark else { return .fault("a 'mark' has a name that is too long") }
        return .mark(name)
    }

    /// Values are texts here, whatever they were.
    private var parameters: JSONValue {
        let members = format.headerMetadata.flatMap(StreamText.object)?.members ?? []
        return .object(
            members.map { member in
                switch member.value {
                case .string: member
                case .null: JSONMember(member.name, "")
                default: JSONMember(member.name, .string(member.value.text))
                }
            }
        )
    }
}
