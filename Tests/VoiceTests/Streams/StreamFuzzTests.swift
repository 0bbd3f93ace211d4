import OutboundHTTP
import Platform
import Primitives
import Testing

@testable import Voice

/// Whatever a server sends, a dialect makes an event of it, or none, and never more than was sent.
@Suite struct StreamFuzzTests {
    private static let seeds = [
        #"{"type":"killAudio"}"#,
        #"{"event":"media","streamSid":"\#(StreamExamples.streamSid)","media":{"payload":"//8AfwCA/38A"}}"#,
        #"{"event":"mark","streamSid":"\#(StreamExamples.streamSid)","mark":{"name":"salamu"}}"#,
        #"{"event":"clear","media":{"payload":[1,2.5e300,-0,true,null,{"\u00e9":"\ud83d\ude00"}]}}"#,
        #"{"event":"stop","a":[[[[[[]]]]]]}"#,
    ]

    @Test(arguments: 0..<8 as Range<UInt64>) func mutationsAreTaken(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var raw = RawDialect(StreamExamples.identity, StreamExamples.format(.raw))
        let twilio = TwilioDialect(StreamExamples.identity, StreamExamples.format(.twilio))
        var understood = 0
        for _ in 0..<3000 {
            let bytes = Self.mutated(&random)
            let text = String(decoding: bytes, as: UTF8.self)
            for event in [raw.receive(.text(text)), twilio.receive(.text(text)), raw.receive(.binary(bytes))] {
                switch event {
                case .audio(let samples, _): #expect(samples.count <= bytes.count)
                case .mark(let name): #expect(name.utf8.count <= 256)
                case .fault(let words): #expect(words.utf8.count <= 60)
                case .clear, .stop: understood += 1
                case nil: break
                }
            }
        }
        #expect(understood > 0)
    }

    @Test func deepAndWideDocumentsAreTaken() {
        let twilio = TwilioDialect(StreamExamples.identity, StreamExamples.format(.twilio))
        let deep = #"{"event":"clear","x":"# + String(repeating: "[", count: 10_000)
        #expect(twilio.receive(.text(deep)) == .fault("a message is not a JSON object"))
        let wide = #"{"event":"media","media":{"payload":""# + String(repeating: "/", count: 1_000_000) + #""}}"#
        #expect(twilio.receive(.text(wide)) == .audio([Int16](repeating: 0, count: 750_000), rate: 8000))
    }

    private static func mutated(_ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(seeds[Int.random(in: 0..<seeds.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = .random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(Array("{}[]\",:0e-\\".utf8).randomElement(using: &random) ?? 0, at: index)
            case 3: bytes.removeLast(bytes.count - index)
            default: bytes += bytes[index...]
            }
        }
        return bytes
    }
}
