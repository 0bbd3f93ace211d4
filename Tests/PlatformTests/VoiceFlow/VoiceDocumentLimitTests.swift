import Foundation
import Platform
import Testing

/// What is too much: documents are written by strangers.
@Suite struct VoiceDocumentLimitTests {
    private func faults(_ text: String) throws -> [FieldFault] {
        let error = #expect(throws: PlatformError.self) { try VoiceDocumentTests.read(text) }
        return try #require(error).faults
    }

    private func pauses(_ count: Int) -> String {
        Array(repeating: #"{"pause": {}}"#, count: count).joined(separator: ",")
    }

    @Test func thereAreAtMostFiftyActionsThoseInsideCounted() throws {
        #expect(try VoiceDocumentTests.read("[\(pauses(50))]")?.actions.count == 50)
        #expect(try faults("[\(pauses(51))]").map(\.field) == ["actions"])
        let nested = #"[{"getDigits": {"nested": [\#(pauses(40))]}}, \#(pauses(9))"#
        #expect(try VoiceDocumentTests.read(nested + "]")?.actions.count == 10)
        #expect(try faults(nested + ", {\"hangup\": {}}]").map(\.field) == ["actions"])
        let xml = String(repeating: "<Pause/>", count: 51)
        #expect(try faults("<Response>\(xml)</Response>").map(\.field) == ["Response"])
        let inside = "<Dial><Number>0712345678</Number><Whisper>\(xml)</Whisper></Dial>"
        #expect(try faults("<Response>\(inside)</Response>").map(\.field) == ["Response"])
    }

    @Test func aDocumentHasAtMost256KiB() throws {
        let text = #"[{"hangup": {}}"#
        let space = String(repeating: " ", count: VoiceDocument.longestBytes - text.utf8.count - 1)
        #expect(try VoiceDocumentTests.read(text + space + "]")?.actions == [.hangup])
        #expect(try faults(text + space + " ]").map(\.code) == [.requestTooLarge])
    }

    @Test func aTextHasAtMost4096Bytes() throws {
        for (text, isGood) in [
            (String(repeating: "é", count: 2048), true), (String(repeating: "é", count: 2049), false),
        ] {
            let document = try? VoiceDocumentTests.read(#"[{"say": {"text": "\#(text)"}}]"#)
            #expect((document != nil) == isGood)
        }
    }

    @Test func nestingIsBounded() throws {
        let depth = 600
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(try faults(#"{"actions": \#(arrays)}"#).map(\.code) == [.requestMalformed])
        var digits = "{}"
        for _ in 0..<120 { digits = #"{"nested": [{"getDigits": \#(digits)}]}"# }
        #expect(try faults(#"[{"getDigits": \#(digits)}]"#).isEmpty == false)
        let deep = String(repeating: "<GetDigits>", count: 16) + String(repeating: "</GetDigits>", count: 16)
        #expect(try faults("<Response>\(deep)</Response>").map(\.code) == [.requestMalformed])
    }

    @Test func aHundredFaultsAreToldAndTheRestCounted() throws {
        let names = (0..<20_000).map { "\"n\($0)\": 0" }.joined(separator: ",")
        let found = try faults(#"[{"pause": {\#(names)}}]"#)
        #expect(found.count == 101 && found.last?.message == "Faults that are left out here: 19900.")
        let same = Array(repeating: "\"n\": 0", count: 30_000).joined(separator: ",")
        #expect(try faults(#"[{"pause": {\#(same)}}]"#).count == 101)
    }

    @Test func longNamesAreCut() throws {
        let name = String(repeating: "x", count: 100_000)
        for text in [
            #"[{"\#(name)": {}}]"#, #"[{"say": {"text": "x", "\#(name)": 1}}]"#, "<Response><\(name)/></Response>",
        ] {
            for fault in try faults(text) { #expect(fault.field.count < 200 && fault.message.count < 200) }
        }
    }

    @Test(arguments: [
        ("say", #"{"text": "a\u0000b"}"#), ("say", #"{"text": "x", "language": "english please"}"#),
        ("say", #"{"text": "x", "loop": "3"}"#), ("play", #"{"url": "tone:0440"}"#), ("play", #"{"url": "tone:49"}"#),
        ("play", #"{"url": "tone:440,19"}"#), ("play", #"{"url": "tone:440,600001"}"#),
        ("play", #"{"url": "tone:4,4,4"}"#),
        ("play", #"{"url": "prompt:../x"}"#), ("play", #"{"url": "upload:"}"#), ("play", #"{"url": "https://a b"}"#),
        ("play", #"{"url": "//a.example/x"}"#), ("play", #"{"url": "https://u:p@a.example/"}"#), ("play", "{}"),
        ("getDigits", #"{"timeout": 121}"#), ("getDigits", #"{"numDigits": 129}"#),
        ("getDigits", #"{"finishOnKey": "a"}"#),
        ("getDigits", #"{"nested": {}}"#), ("getDigits", #"{"action": ""}"#), ("dial", "{}"),
        ("dial", #"{"number": ""}"#),
        ("dial", #"{"numbers": []}"#), ("dial", #"{"numbers": ["0712345678", "+254712345678"]}"#),
        (
            "dial",
            #"{"numbers": ["0712345670","0712345671","0712345672","0712345673","0712345674","0712345675","0712345676","0712345677","0712345678","0712345679","0712345680"]}"#
        ),
        ("dial", #"{"sip": "desk@pbx"}"#), ("dial", #"{"sip": "sip:a@b?Route=c"}"#),
        ("dial", #"{"sip": "sip:a@b;maddr=c"}"#), ("dial", #"{"device": "a", "recordingChannels": "stereo"}"#),
        ("dial", #"{"device": "a b"}"#), ("dial", #"{"device": "a", "timeout": 4}"#),
        ("dial", #"{"device": "a", "timeLimit": 14401}"#), ("dial", #"{"device": "a", "record": "maybe"}"#),
        ("dial", #"{"device": "a", "callerId": "x"}"#), ("conference", "{}"), ("conference", #"{"name": "a\nb"}"#),
        ("conference", #"{"name": "a", "maxParticipants": 1}"#), ("conference", #"{"name": "a", "flags": "a;b"}"#),
        ("conference", #"{"name": "a", "statusEvents": "start dance"}"#),
        ("conference", #"{"name": "a", "waitUrl": 5}"#),
        ("record", #"{"timeout": 121}"#), ("record", #"{"maxLength": 3601}"#), ("record", #"{"trim": true}"#),
        ("record", #"{"method": "PUT"}"#), ("redirect", "{}"), ("redirect", #"{"url": "mailto:a@b"}"#),
        ("stream", #"{"url": "/x"}"#), ("stream", #"{"url": "wss://a", "outputSamplingRate": 11025}"#),
        ("stream", #"{"url": "wss://a", "headerMetadata": "[1]"}"#),
        ("stream", #"{"url": "wss://a", "track": "both"}"#),
        ("stream", #"{"url": "wss://a", "headerMetadata": "{\"a\": {}}"}"#), ("reject", #"{"reason": "no"}"#),
        ("hangup", #"{"now": true}"#), ("pause", #"{"length": 0}"#), ("pause", #"{"length": true}"#),
    ])
    func aWrongParameterIsOneFault(verb: String, parameters: String) throws {
        let found = try faults(#"[{"\#(verb)": \#(parameters)}]"#)
        #expect(found.count == 1 && found[0].field.hasPrefix("actions[0].\(verb)"), "\(found)")
        #expect(found[0].message.hasSuffix("."))
    }
}
