import OutboundHTTP
import Platform
import Testing

@testable import Voice

@Suite struct RawDialectTests {
    private static func dialect(_ adjust: (inout StreamAction) -> Void = { _ in }) -> RawDialect {
        RawDialect(StreamExamples.identity, StreamExamples.format(.raw, adjust))
    }

    @Test func theFirstTextHasEveryNameOfTheCall() throws {
        let dialect = Self.dialect {
            $0.headerMetadata = #"{"z":"1","a":2}"#
            $0.openMetadata = #"say "hi""#
        }
        let opening = dialect.opening()
        #expect(opening.count == 1)
        #expect(opening[0].kind == .text)
        #expect(!opening[0].isPerishable)
        #expect(String(decoding: opening[0].bytes, as: UTF8.self).contains(#""headers":{"z":"1","a":2}"#))
        let first = try StreamExamples.json(opening[0])
        let call = StreamExamples.identity.callSid
        #expect(call.hasPrefix("call_"))
        for name in ["callSid", "call_sid", "call_id"] { #expect(first[name] == .string(call)) }
        #expect(first["sessionId"] == "HD_1")
        #expect(first["streamSid"] == .string(StreamExamples.streamSid))
        #expect(first["from"] == "+254700000001")
        #expect(first["to"] == "+254711000001")
        #expect(first["track"] == "inbound_track")
        #expect(first["sampleRate"] == 16_000)
        #expect(first["metadata"] == #"say "hi""#)
        #expect(RawDialect.subprotocol == "audio.drachtio.org")
    }

    @Test func metadataThatIsNoObjectIsLeftOut() throws {
        let first = try StreamExamples.json(Self.dialect { $0.headerMetadata = "[1" }.opening()[0])
        #expect(first["headers"] == nil)
        #expect(first["metadata"] == nil)
    }

    @Test func samplesGoLowByteFirst() {
        let frame = StreamFrame(.inbound, offset: .zero, samples: [1, -2, 0x1234, .min])
        let message = Self.dialect().sound(frame)
        #expect(message == OutgoingSocketMessage(.binary, [1, 0, 0xFE, 0xFF, 0x34, 0x12, 0, 0x80], isPerishable: true))
    }

    @Test(arguments: [8000, 16_000]) func samplesComeBack(_ rate: Int) {
        var dialect = Self.dialect { $0.bidirectionalSamplingRate = rate }
        let samples = StreamExamples.tone(440, rate: rate, count: rate / 50)
        let sent = dialect.sound(StreamFrame(.inbound, offset: .zero, samples: samples))
        #expect(sent.bytes.count == rate / 25)
        #expect(dialect.receive(.binary(sent.bytes)) == .audio(samples, rate: rate))
        #expect(dialect.receive(.binary([])) == nil)
    }

    /// Wherever the messages are cut, the samples are the same.
    @Test func aSampleMayBeSplit() {
        let samples = StreamExamples.tone(440, rate: 16_000, count: 50)
        let bytes = Self.dialect().sound(StreamFrame(.inbound, offset: .zero, samples: samples)).bytes
        for size in 1...9 {
            var dialect = Self.dialect()
            var came: [Int16] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                let event = dialect.receive(.binary(Array(bytes[start..<min(start + size, bytes.count)])))
                if case .audio(let part, rate: 16_000) = event { came += part }
            }
            #expect(came == samples)
        }
    }

    @Test func killAudioClears() {
        var dialect = Self.dialect()
        #expect(dialect.receive(.text(#"{"type":"killAudio"}"#)) == .clear)
        _ = dialect.receive(.binary([1]))
        #expect(dialect.receive(.text(#"{"type":"killAudio"}"#)) == .clear)
        #expect(dialect.receive(.binary([2, 0])) == .audio([2], rate: 16_000))
    }

    @Test func otherTextsAreFaults() {
        var dialect = Self.dialect()
        #expect(dialect.receive(.text("habari")) == .fault("a text is not a JSON object"))
        #expect(dialect.receive(.text("[]")) == .fault("a text is not a JSON object"))
        #expect(dialect.receive(.text("{}")) == .fault("a text has no 'type'"))
        #expect(dialect.receive(.text(#"{"type":1}"#)) == .fault("a text has no 'type'"))
        #expect(dialect.receive(.text(#"{"type":"dance"}"#)) == .fault("a text has an unknown 'type'"))
        let long = #"{"type":"killAudio","x":""# + String(repeating: "x", count: 65_536) + #""}"#
        #expect(dialect.receive(.text(long)) == .fault("a text is too long"))
    }

    @Test func thereAreNoMarksAndNoGoodbye() {
        let dialect = Self.dialect()
        #expect(dialect.marked("a") == nil)
        #expect(dialect.pressed("1") == nil)
        #expect(dialect.ending() == nil)
    }
}
