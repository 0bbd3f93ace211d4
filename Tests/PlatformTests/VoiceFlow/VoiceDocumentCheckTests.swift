import Platform
import Primitives
import TestSupport
import Testing

/// What is said about a document that is right: what is probably not meant, and the worst that it can do.
@Suite struct VoiceDocumentCheckTests {
    private static let own = "https://shop.example.com/voice"

    private func document(_ actions: String) throws -> VoiceDocument {
        try #require(try VoiceDocumentTests.read("[\(actions)]", base: Self.own))
    }

    private func run(_ actions: String) throws -> LongestRun {
        LongestRun(try document(actions), longestCall: .seconds(14_400))
    }

    @Test(arguments: [
        (#"{"hangup": {}}, {"say": {"text": "x"}}, {"pause": {}}"#, ["unreachable actions[1].say"]),
        (#"{"reject": {}}, {"pause": {}}"#, ["unreachable actions[1].pause"]),
        (#"{"redirect": {"url": "/other"}}, {"hangup": {}}"#, ["unreachable actions[1].hangup"]),
        (#"{"redirect": {"url": "/voice"}}"#, ["asks_itself actions[0].redirect"]),
        (#"{"hangup": {}}, {"redirect": {"url": "/voice"}}"#, ["unreachable actions[1].redirect"]),
        (#"{"conference": {"name": "a"}}"#, ["open_ended actions[0].conference"]),
        (
            #"{"stream": {"url": "wss://a", "connect": true}}, {"stream": {"url": "wss://a"}}"#,
            ["open_ended actions[0].stream"]
        ),
        (
            #"{"dial": {"device": "a", "action": "/voice"}}, {"dial": {"device": "a", "action": "/x"}}"#,
            ["asks_itself actions[0].dial"]
        ),
        (#"{"say": {"text": "x"}}, {"getDigits": {}}"#, ["asks_itself actions[1].getDigits"]),
        (#"{"getDigits": {"action": "/voice"}}"#, ["asks_itself actions[0].getDigits"]),
        (#"{"getDigits": {"action": "/keys"}}"#, []), (#"{"getDigits": {}}, {"hangup": {}}"#, []),
        (#"{"say": {"text": "x"}}, {"hangup": {}}"#, []), ("", []),
    ])
    func warningsAreGiven(actions: String, expected: [String]) throws {
        #expect(try document(actions).warnings.map { "\($0.code.rawValue) \($0.path)" } == expected)
    }

    @Test func timeIsAddedUp() throws {
        let exact = try run(
            #"{"pause": {"length": 7}}, {"play": {"url": "tone:440,1500", "loop": 2}}, {"record": {"maxLength": 60}}"#
        )
        #expect(exact.length == .seconds(70) && !exact.isEstimated && !exact.isOpenEnded)
        // 11 characters are 3 seconds, twice; a file is 60.
        let guessed = try run(#"{"say": {"text": "hello world", "loop": 2}}, {"play": {"url": "/x.wav"}}"#)
        #expect(guessed.length == .seconds(66) && guessed.isEstimated)
        let keys = try run(#"{"getDigits": {"numDigits": 4, "timeout": 10, "nested": [{"pause": {"length": 2}}]}}"#)
        #expect(keys.length == .seconds(42))
        #expect(try run(#"{"getDigits": {}}"#).length == .seconds(128 * 5))
        // What never has its turn costs nothing.
        #expect(try run(#"{"hangup": {}}, {"dial": {"number": "0712345678"}}"#).legs.isEmpty)
        let endless = try run(#"{"conference": {"name": "a"}}"#)
        #expect(endless.isOpenEnded && endless.length == .seconds(14_400))
        #expect(
            try run(String(repeating: #"{"pause": {"length": 3600}},"#, count: 5) + #"{"hangup": {}}"#).length
                == .seconds(14_400)
        )
    }

    @Test func callsAreAddedUp() throws {
        let limited = try run(
            #"{"dial": {"number": "0712345678", "timeout": 20, "timeLimit": 100, "whisper": [{"pause": {"length": 5}}]}}"#
        )
        #expect(limited.length == .seconds(125) && limited.legs.map(\.longest) == [.seconds(105)])
        let free = try run(#"{"dial": {"numbers": ["0712345678", "0712345679"]}}, {"dial": {"device": "desk"}}"#)
        #expect(free.length == .seconds(14_400) && free.legs.map(\.to) == ["+254712345678", "+254712345679", "desk"])
        #expect(free.legs.map(\.kind) == [.number, .number, .device])
        #expect(free.legs.allSatisfy { $0.longest == .seconds(14_400) })
    }

    @Test func ofOneDialTheDearestLegIsPaid() async throws {
        let rates = ["+254712345678": Int64(300), "+256772123456": 1800, "sip:a@b": 60]
        let check = CheckVoiceDocument(longestCall: .seconds(14_400)) { rates[$0.to] }
        let text = #"""
            [{"dial": {"numbers": ["+254712345678", "+256772123456"], "timeLimit": 60}},
             {"dial": {"number": "+254712345678", "timeLimit": 30}}, {"dial": {"sip": "sip:a@b", "timeLimit": 10}}]
            """#
        let report = try await check(bytes: Array(text.utf8), contentType: nil, base: nil)
        #expect(report.worstCase?.costMinor == 1960)
        #expect(report.worstCase?.legs.map(\.costMinor) == [300, 1800, 150, 10])
        let unknown = Array(#"[{"dial": {"number": "+9991234567890"}}]"#.utf8)
        let unpriced = try await check(bytes: unknown, contentType: nil, base: nil)
        #expect(unpriced.worstCase?.costMinor == nil && unpriced.json["worst_case"]?["cost_minor"] == .null)
        let bad = try await check(bytes: Array("OK".utf8), contentType: nil, base: nil)
        #expect(bad.json["valid"] == false && bad.json["actions"] == .null && bad.json["worst_case"] == .null)
        #expect(bad.json["errors"]?.elements.count == 1)
    }
}
