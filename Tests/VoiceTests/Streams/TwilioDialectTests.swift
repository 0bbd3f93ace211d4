import Foundation
import OutboundHTTP
import Platform
import RTPWire
import Testing

@testable import Voice

@Suite struct TwilioDialectTests {
    private static func dialect(_ adjust: (inout StreamAction) -> Void = { _ in }) -> TwilioDialect {
        TwilioDialect(StreamExamples.identity, StreamExamples.format(.twilio, adjust))
    }

    @Test func connectedAndStartComeFirst() throws {
        var dialect = Self.dialect {
            $0.track = .both
            $0.headerMetadata = #"{"name":"Amina","age":30,"vip":true,"note":null,"rate":2.5}"#
        }
        let opening = try dialect.opening().map(StreamExamples.json)
        #expect(opening.count == 2)
        #expect(opening[0] == ["event": "connected", "protocol": "Call", "version": "1.0.0"])
        let start = try #require(opening[1]["start"])
        #expect(opening[1]["event"] == "start")
        #expect(opening[1]["sequenceNumber"] == "1")
        #expect(opening[1]["streamSid"] == .string(StreamExamples.streamSid))
        #expect(start["streamSid"] == .string(StreamExamples.streamSid))
        #expect(start["accountSid"] == .string(StreamExamples.accountSid))
        #expect(start["callSid"] == .string(StreamExamples.identity.callSid))
        #expect(start["tracks"] == ["inbound", "outbound"])
        #expect(start["mediaFormat"] == ["channels": 1, "encoding": "audio/x-mulaw", "sampleRate": 8000])
        let parameters: JSONValue = ["age": "30", "name": "Amina", "note": "", "rate": "2.5", "vip": "true"]
        #expect(start["customParameters"] == parameters)
        #expect(TwilioDialect.subprotocol == nil)
    }

    @Test func mediaIsCountedByTrack() throws {
        var dialect = Self.dialect { $0.track = .both }
        _ = dialect.opening()
        let samples = StreamExamples.tone(440, rate: 8000, count: 160)
        let frames = [
            StreamFrame(.inbound, offset: .zero, samples: samples),
            StreamFrame(.outbound, offset: .milliseconds(20), samples: samples),
            StreamFrame(.inbound, offset: .milliseconds(20), samples: samples),
        ]
        let sent = frames.map { dialect.sound($0) }
        #expect(sent.allSatisfy { $0.isPerishable })
        let media = try sent.map(StreamExamples.json)
        #expect(media.map { $0["sequenceNumber"] } == ["2", "3", "4"])
        #expect(media.map { $0["event"] } == ["media", "media", "media"])
        #expect(media.map { $0["media"]?["track"] } == ["inbound", "outbound", "inbound"])
        #expect(media.map { $0["media"]?["chunk"] } == ["1", "1", "2"])
        #expect(media.map { $0["media"]?["timestamp"] } == ["0", "20", "20"])
        let payload = try #require(media[0]["media"]?["payload"]?.stringValue)
        #expect(Data(base64Encoded: payload) == Data(samples.map(G711.uLaw)))
        #expect(media[0]["streamSid"] == .string(StreamExamples.streamSid))
    }

    /// Whatever the length, another's base 64 is the same.
    @Test func base64IsRight() {
        for count in 0...20 {
            let samples = (0..<count).map { Int16(truncatingIfNeeded: $0 &* 7919) }
            var written: [UInt8] = []
            MuLaw.append(samples, to: &written)
            #expect(String(decoding: written, as: UTF8.self) == Data(samples.map(G711.uLaw)).base64EncodedString())
            #expect(written.count == MuLaw.base64Count(count))
        }
    }

    @Test(arguments: [8000, 16_000]) func mediaComesBack(_ rate: Int) {
        let dialect = Self.dialect { $0.bidirectionalSamplingRate = rate }
        let bytes: [UInt8] = [0xFF, 0x7F, 0x00, 0x80]
        let text = #"{"event":"media","media":{"payload":"\#(Data(bytes).base64EncodedString())"}}"#
        let samples = bytes.map { G711.linearOfULaw[Int($0)] }
        #expect(dialect.receive(.text(text)) == .audio(samples, rate: rate))
        #expect(dialect.receive(.text(#"{"event":"media","media":{"payload":""}}"#)) == nil)
    }

    @Test func commandsAreRead() {
        let dialect = Self.dialect()
        let sid = StreamExamples.streamSid
        let mark = #"{"event":"mark","streamSid":"\#(sid)","mark":{"name":"salamu"}}"#
        #expect(dialect.receive(.text(mark)) == .mark("salamu"))
        #expect(dialect.receive(.text(#"{"event":"clear","streamSid":"\#(sid)"}"#)) == .clear)
        #expect(dialect.receive(.text(#"{"event":"stop"}"#)) == .stop)
    }

    @Test func whatIsNotUnderstoodIsAFault() {
        let dialect = Self.dialect()
        let faults = [
            "x": "a message is not a JSON object",
            "{}": "a message has no 'event'",
            #"{"event":null}"#: "a message has no 'event'",
            #"{"event":"dance"}"#: "a message has an unknown 'event'",
            #"{"event":"clear","streamSid":"MZ1"}"#: "a message is for another stream",
            #"{"event":"clear","streamSid":7}"#: "a message is for another stream",
            #"{"event":"media"}"#: "a 'media' has no 'payload'",
            #"{"event":"media","media":[]}"#: "a 'media' has no 'payload'",
            #"{"event":"media","media":{"payload":"*"}}"#: "a 'payload' is not base 64",
            #"{"event":"mark","mark":"a"}"#: "a 'mark' has no 'name'",
            #"{"event":"mark","mark":{"name":"\#(String(repeating: "x", count: 257))"}}"#:
                "a 'mark' has a name that is too long",
            #"{"event":"clear","x":"\#(String(repeating: "x", count: 65_536))"}"#: "a message is too long",
        ]
        for (text, words) in faults { #expect(dialect.receive(.text(text)) == .fault(words)) }
        #expect(dialect.receive(.binary([1])) == .fault("a message is binary"))
    }

    @Test func marksKeysAndTheEndAreTold() throws {
        var dialect = Self.dialect()
        _ = dialect.opening()
        let mark = try StreamExamples.json(dialect.marked(#"a"b"#))
        #expect(mark["event"] == "mark")
        #expect(mark["sequenceNumber"] == "2")
        #expect(mark["mark"] == ["name": #"a"b"#])
        let key = try StreamExamples.json(dialect.pressed("#"))
        #expect(key["event"] == "dtmf")
        #expect(key["dtmf"] == ["digit": "#", "track": "inbound_track"])
        let stop = try StreamExamples.json(dialect.ending())
        #expect(stop["event"] == "stop")
        #expect(stop["sequenceNumber"] == "4")
        #expect(stop["stop"]?["callSid"] == .string(StreamExamples.identity.callSid))
        #expect(stop["streamSid"] == .string(StreamExamples.streamSid))
    }

    /// A voice document's own validator lets no other than these through, but nothing here depends on that.
    @Test func aFormatSaysItsRate() throws {
        var dialect = Self.dialect { $0.outputSamplingRate = 16_000 }
        let start = try StreamExamples.json(dialect.opening()[1])
        #expect(start["start"]?["mediaFormat"]?["sampleRate"] == 16_000)
    }
}
