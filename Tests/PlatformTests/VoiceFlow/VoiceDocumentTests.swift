import Foundation
import Platform
import TestSupport
import Testing

/// Documents in both formats: what they mean, and that everything that is wrong is told with its place.
@Suite struct VoiceDocumentTests {
    private static let base = "https://shop.example.com/voice/in?a=b"

    static func read(_ text: String, type: String? = nil, base: String? = base) throws -> VoiceDocument? {
        try VoiceDocument.read(bytes: Array(text.utf8), contentType: type, base: base)
    }

    private func faults(_ text: String, type: String? = nil, base: String? = base) throws -> [FieldFault] {
        let error = #expect(throws: PlatformError.self) { try Self.read(text, type: type, base: base) }
        return try #require(error).faults
    }

    // MARK: What is read

    @Test func everyVerbIsReadWithItsDefaults() throws {
        let text = #"""
            {"actions": [{"say": {"text": "x"}}, {"play": {"url": "tone:440", "loop": 0}}, {"pause": {}}, {"getDigits": {}},
             {"dial": {"number": "0712 345 678"}}, {"conference": {"name": "a"}}, {"record": {}},
             {"stream": {"url": "wss://a.example"}}, {"stream": {"url": "ws://a.example", "dialect": "twilio"}},
             {"hangup": {}}, {"redirect": {"url": "menu?x=1"}}]}
            """#
        let actions = try Self.read(text)?.actions
        #expect(
            actions == [
                .say(SayAction("x")), .play(PlayAction(.tone(hertz: 440, .seconds(5)))), .pause(.seconds(1)),
                .getDigits(GetDigitsAction()), .dial(DialAction(.numbers(["+254712345678"]))),
                .conference(ConferenceAction("a")), .record(RecordAction()), .stream(StreamAction("wss://a.example")),
                .stream(StreamAction("ws://a.example", dialect: .twilio)), .hangup,
                .redirect(RedirectAction("https://shop.example.com/voice/menu?x=1")),
            ]
        )
        #expect(try Self.read(#"[{"reject": {}}]"#)?.actions == [.reject(.rejected)])
        #expect(try Self.read(#"[{"reject": {"reason": "busy"}}]"#)?.actions == [.reject(.busy)])
    }

    @Test func zeroIsTheDefaultWhereItMeansNothingElse() throws {
        let text = #"""
            [{"getDigits": {"timeout": 0}}, {"dial": {"device": "u2", "timeout": 0, "timeLimit": 0}},
             {"conference": {"name": "a", "maxParticipants": 0}}, {"record": {"maxLength": 0, "timeout": 0}}]
            """#
        let never = RecordAction(timeout: .zero)
        #expect(
            try Self.read(text)?.actions == [
                .getDigits(GetDigitsAction()), .dial(DialAction(.device("u2"))),
                .conference(ConferenceAction("a")), .record(never),
            ]
        )
    }

    /// The forms of the documented XML examples (facts section 9).
    @Test func xmlSaysTheSameInItsOwnWords() throws {
        let xml = """
            \n<?xml version="1.0" encoding="UTF-8"?>
            <Response xmlns:x="urn:x">
              <!-- <!DOCTYPE is no document type in here, and <?x?> no instruction -->
              <Say voice="alice" language="en-US" loop="2"> Hello &amp; <![CDATA[<!welcome>]]>&#33; </Say>
              <GetDigits maxDigits="1" timeout="5" finishOnKey=""><Say>Press 1</Say><Play>tone:440</Play><Pause/></GetDigits>
              <Dial callerId="+254200000001" timeout="20" record="true"><Number>+254712345678</Number></Dial>
              <Dial phoneNumbers="+254712345678, +254712345679"/>
              <Dial><Number>+254712345678</Number><Number>+254712345679</Number><Whisper><Say>Hi</Say></Whisper></Dial>
              <Dial><Sip>sip:desk@pbx.example.com</Sip></Dial><Dial><Device>u2</Device></Dial><Dial>+254712345678</Dial>
              <Conference beep="true" startOnEnter="false" waitUrl="/hold.mp3">sales</Conference>
              <Record maxLength="60" finishOnKey="#" playBeep="true" trim="trim-silence"/>
              <Redirect method="GET">/voice/menu</Redirect>
            </Response>
            """
        var conference = ConferenceAction("sales")
        (conference.beeps, conference.startsOnEnter) = (true, false)
        conference.waitSound = .web("https://shop.example.com/hold.mp3")
        let two = DialAction.Target.numbers(["+254712345678", "+254712345679"])
        #expect(
            try Self.read(xml, type: "text/xml; charset=utf-8")?.actions == [
                .say(SayAction("Hello & <!welcome>!", voice: "alice", language: "en-US", loop: 2)),
                .getDigits(
                    GetDigitsAction(
                        nested: [
                            .say(SayAction("Press 1")), .play(PlayAction(.tone(hertz: 440, .seconds(5)))),
                            .pause(.seconds(1)),
                        ],
                        numDigits: 1,
                        finishOnKey: ""
                    )
                ),
                .dial(
                    DialAction(
                        .numbers(["+254712345678"]),
                        callerID: "+254200000001",
                        timeout: .seconds(20),
                        recording: .fromAnswer
                    )
                ),
                .dial(DialAction(two)), .dial(DialAction(two, whisper: [.say(SayAction("Hi"))])),
                .dial(DialAction(.sip("sip:desk@pbx.example.com"))), .dial(DialAction(.device("u2"))),
                .dial(DialAction(.numbers(["+254712345678"]))), .conference(conference),
                .record(RecordAction(maxLength: .seconds(60), finishOnKey: "#")),
                .redirect(RedirectAction("https://shop.example.com/voice/menu", method: .get)),
            ]
        )
        #expect(try Self.read("<Response></Response>")?.actions == [])
    }

    @Test func everythingThatCanBeSaidIsReadBack() throws {
        for seed in 0..<400 as Range<UInt64> {
            var random = RandomVoiceActions(seed: seed)
            let actions = random.document()
            let json = JSONValue.array(actions.map(\.json))
            #expect(try VoiceActionParser.parse(json, field: "actions") == actions, "seed \(seed)")
            let document = try Self.read((["actions": json] as JSONValue).text, base: nil)
            #expect(document?.actions == actions, "seed \(seed)")
            #expect(try Self.read(SpelledXML.document(actions), base: nil)?.actions == actions, "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("", nil), ("OK", nil), (" \r\n\t", "application/json"), ("", "text/xml"), ("OK", "text/plain"),
        ("Received, thank you {}", "text/html"), ("\u{FEFF}", "application/xml"),
    ])
    func whatIsNoDocumentIsNone(text: String, type: String?) throws {
        #expect(try Self.read(text, type: type) == nil)
    }

    @Test func theContentTypeDecidesAndThenTheFirstCharacter() throws {
        let (json, xml) = (#"{"actions": [{"hangup": {}}]}"#, "<Response><Hangup/></Response>")
        for type in [nil, "", "text/plain", "APPLICATION/JSON; charset=utf-8", "application/vnd.acme+json"] {
            #expect(try Self.read("\u{FEFF}\n" + json, type: type)?.actions == [.hangup])
        }
        for type in [nil, "text/html", "Text/XML", "application/xml;charset=UTF-8", "application/soap+xml"] {
            #expect(try Self.read("\u{FEFF} " + xml, type: type)?.actions == [.hangup])
        }
        #expect(try faults(xml, type: "application/json").map(\.code) == [.requestMalformed])
        #expect(try faults(json, type: "text/xml").map(\.code) == [.requestMalformed])
    }

    @Test(arguments: [
        ("https://a.example/x", "https://a.example/x"), ("HTTP://A.example", "HTTP://A.example"),
        ("/menu", "https://shop.example.com/menu"), ("menu", "https://shop.example.com/voice/menu"),
        ("../menu#x", "https://shop.example.com/menu#x"), ("?c=d", "https://shop.example.com/voice/in?c=d"),
    ])
    func urlsBecomeAbsolute(written: String, absolute: String) throws {
        let document = try Self.read(#"[{"redirect": {"url": "\#(written)"}}, {"play": {"url": "\#(written)"}}]"#)
        #expect(document?.actions == [.redirect(RedirectAction(absolute)), .play(PlayAction(.web(absolute)))])
        let isRelative = written != absolute
        let alone = try? Self.read(#"[{"redirect": {"url": "\#(written)"}}]"#, base: nil)
        #expect((alone == nil) == isRelative)
    }

    // MARK: What is wrong

    @Test func allFaultsAreToldWithTheirPaths() throws {
        let text = #"""
            {"actions": [{"say": {"txt": "x", "voice": "bob", "loop": 101}}, {"play": {"url": "file:///x"}}, {}, 7,
              {"getDigits": {"nested": [{"dial": {"number": "1"}}, {"say": {"text": ""}}], "numDigits": 1.5}},
              {"dial": {"number": "+254712345678", "sip": "sip:a@b"}}, {"dial": {"numbers": ["+254712345678", "999", 7]}},
              {"reject": {}}, {"hangup": null}, {"aiAgent": {}}, {"dance": {}}, {"Say": {"text": "x"}},
              {"record": {"transcribe": true, "transcribeCallback": "/x"}}, {"pause": {"length": 1e300}},
              {"say": {"text": null}}], "action": 1}
            """#
        let found = try faults(text)
        #expect(
            found.map(\.field) == [
                "action", "actions[0].say.text", "actions[0].say.voice", "actions[0].say.loop", "actions[0].say.txt",
                "actions[1].play.url", "actions[2]", "actions[3]", "actions[4].getDigits.nested[0].dial",
                "actions[4].getDigits.nested[1].say.text", "actions[4].getDigits.numDigits", "actions[5].dial",
                "actions[6].dial.numbers[1]", "actions[6].dial.numbers[2]", "actions[7].reject", "actions[8].hangup",
                "actions[9].aiAgent", "actions[10].dance", "actions[11].Say", "actions[12].record.transcribe",
                "actions[12].record.transcribeCallback", "actions[13].pause.length", "actions[14].say.text",
            ]
        )
        let codes = Dictionary(found.map { ($0.field, $0.code) }) { $1 }
        for path in [
            "actions[9].aiAgent", "actions[10].dance", "actions[12].record.transcribe",
            "actions[12].record.transcribeCallback",
        ] {
            #expect(codes[path] == .actionUnsupported, "\(path)")
        }
        #expect(codes["actions[6].dial.numbers[1]"] == .destinationRefused)
        #expect(found.first { $0.field == "action" }?.message.hasSuffix("Did you mean 'actions'?") == true)
        #expect(found.first { $0.field == "actions[0].say.txt" }?.message.hasSuffix("Did you mean 'text'?") == true)
        #expect(found.first { $0.field == "actions[11].Say" }?.message.hasSuffix("Did you mean 'say'?") == true)
        #expect(found.first { $0.field == "actions[10].dance" }?.message.contains("mean") == false)
    }

    @Test func theSameIsToldOfXML() throws {
        let xml = """
            <Response volume="11">stray<say>x</say><Say voyce="alice">x</Say><Say/><Say text="a">b</Say>
            <Dial><Number>1</Number><Number>+254712345678</Number><Foo/></Dial>
            <Dial><Number>+254712345678</Number><Sip>sip:a@b</Sip></Dial><Dial><Number url="/x">+254712345678</Number></Dial>
            <GetDigits><Record/></GetDigits><Pause length="1.0"/><Conference record="yes">x</Conference>
            <Hangup>now</Hangup><Reject/></Response>
            """
        #expect(
            try faults(xml).map(\.field) == [
                "Response.volume", "Response", "Response.say[0]", "Response.Say[0].voyce", "Response.Say[1].text",
                "Response.Say[2]", "Response.Dial[0].Foo[0]", "Response.Dial[0].Number[0]", "Response.Dial[1]",
                "Response.Dial[2].Number[0].url", "Response.GetDigits[0].Record[0]", "Response.Pause[0].length",
                "Response.Conference[0].record", "Response.Hangup[0]", "Response.Reject[0]",
            ]
        )
    }

    @Test func aNameThatIsThereTwiceIsAFault() throws {
        let text = #"""
            {"actions": [], "actions": [{"say": {"text": "a", "\u0074ext": "b"}},
              {"dial": {"number": "+254712345678", "whisper": [{"pause": {}}, {"say": {"text": "\"a\\", "text": "b"}}]}}]}
            """#
        #expect(
            try faults(text).map(\.field) == [
                "actions", "actions[0].say.text", "actions[1].dial.whisper[1].say.text",
            ]
        )
        #expect(try faults(#"[{"pause": {"length": 1, "length": 1}}]"#).map(\.field) == ["actions[0].pause.length"])
    }

    @Test(arguments: [
        "{", "[", "{\"actions\": [}", "{\"actions\": [] ", "nul", "{\"actions\": \"\u{1}\"}", "<", "<Response>",
        "<Response><Say></Response>", "<Response/><Response/>", "<Response>&x;</Response>", "<Response a='1' a='2'/>",
        "<Response/>x", "<!DOCTYPE html><html></html>", "<!DOCTYPE x [<!ENTITY a \"b\">]><Response>&a;</Response>",
        "<Response><!ELEMENT x></Response>", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Response/>",
        "<Response><Say>&#0;</Say></Response>", "<?xml version='1.0'", "<?xml?><Response/>", "<?x?><Response/>",
        "<Response><?x?></Response>", "<?xml version='1.0'?><?xml-stylesheet?><Response/>",
        // A combining mark hides the end of the declaration from who looks at characters, and not from the library.
        "<?xml version='1.0' encoding='HTML'?>\u{338}<Response>é</Response>", "<?xml version='2.0'?><Response/>",
        "<?xml version='encoding=\"utf-8\"' encoding='HTML'?><Response/>", "<?xml encoding='UTF-8'?><Response/>",
        "<?xml version='1.0'encoding='UTF-8'?><Response/>", "<?xml version='1.0' standalone='si'?><Response/>",
    ])
    func whatCannotBeReadIsOneFault(text: String) throws {
        let type = text.hasPrefix("nul") ? "application/json" : nil
        let found = try faults(text, type: type)
        #expect(found.map(\.code) == [.requestMalformed] && found[0].field.isEmpty, "\(found)")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        for bytes in [
            [UInt8]("{\"actions\": \"".utf8) + [0xFF], Array("{}".utf8) + [0], [0x3C, 0, 0x52, 0], [0xEF, 0x7B],
        ] {
            let error = #expect(throws: PlatformError.self) {
                try VoiceDocument.read(bytes: bytes, contentType: "application/json", base: nil)
            }
            #expect(error?.code == .requestMalformed)
        }
    }

    @Test func whatIsNoDocumentOfActionsIsAFault() throws {
        for text in ["{}", #"{"actions": {}}"#, #"{"actions": null}"#, #"{"ok": true}"#] {
            #expect(try faults(text).contains { $0.field == "actions" }, "\(text)")
        }
        #expect(try faults("<html><body>502</body></html>").map(\.code) == [.requestInvalid])
        #expect(try faults("7", type: "application/json").map(\.code) == [.requestInvalid])
    }
}
