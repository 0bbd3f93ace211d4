/// Documents that everybody must agree about.
enum VoiceDocuments {
    private static func one(_ verb: String, _ parameters: [String]) -> [String] {
        parameters.map { #"{"actions": [{"\#(verb)": \#($0)}]}"# }
    }

    static let good: [String] =
        [
            #"{"actions": []}"#, "[]", #"[{"hangup": {}}]"#, #"[{"reject": {}}, {"hangup": {}}]"#,
            "[" + Array(repeating: #"{"pause": {}}"#, count: 50).joined(separator: ",") + "]",
        ]
        + one("say", [#"{"text": "x"}"#, #"{"text": "\n🫖", "voice": "man", "language": "sw-KE", "loop": 0}"#])
        + one(
            "play",
            [
                #"{"url": "tone:50"}"#, #"{"url": "tone:3400,600000", "loop": 100}"#, #"{"url": "TONE:440,20"}"#,
                #"{"url": "prompt:a_B-1"}"#, #"{"url": "upload:aud_01kw48b580evr88y42wdngtn4v"}"#,
                #"{"url": "https://a.example/b.wav?c=d"}"#, #"{"url": "/b.mp3"}"#, #"{"url": "b.mp3"}"#,
            ]
        )
        + one("pause", ["{}", #"{"length": 3600}"#, #"{"length": 2.0}"#])
        + one(
            "getDigits",
            [
                "{}", #"{"timeout": 0, "numDigits": 128, "finishOnKey": ""}"#,
                #"{"nested": [{"say": {"text": "x"}}, {"play": {"url": "tone:440"}}, {"pause": {}}], "action": "?x=1"}"#,
                #"{"timeout": 120, "finishOnKey": "*"}"#,
            ]
        )
        + one(
            "dial",
            [
                #"{"number": "+254712345678"}"#, #"{"number": "0712 345 678", "timeout": 5, "timeLimit": 14400}"#,
                #"{"numbers": ["+254712345678", "+254712345679"], "record": "record-from-ringing", "timeout": 600}"#,
                #"{"sip": "sip:desk@pbx.example.com;transport=tls", "record": true, "timeout": 0}"#,
                #"{"sip": "SIPS:a@[::1]:5061", "record": "do-not-record"}"#, #"{"device": "u2", "record": false}"#,
                #"{"sip": "sip:a%40b@pbx.example.com:5070;Transport=UDP", "record": true, "recordingChannels": "dual"}"#,
                #"{"device": "u2", "callerId": "+254200000001", "action": "/x", "whisper": [{"say": {"text": "x"}}]}"#,
            ]
        )
        + one(
            "conference",
            [
                #"{"name": "a"}"#,
                #"{"name": "a", "maxParticipants": 0, "flags": "mute|endconf, x", "waitUrl": "prompt:a"}"#,
                #"{"name": "a", "maxParticipants": 250, "statusEvents": "start end, join", "collectDigits": true}"#,
                #"{"name": "a", "digitsCallbackUrl": "/x", "statusEventsCallbackUrl": "https://a.example"}"#,
            ]
        )
        + one(
            "record",
            [
                "{}", #"{"timeout": 0, "maxLength": 0, "finishOnKey": "", "transcribe": false}"#,
                #"{"timeout": 120, "maxLength": 3600, "trim": "do-not-trim", "method": "GET", "action": "x"}"#,
            ]
        )
        + one("redirect", [#"{"url": "https://a.example", "method": "POST"}"#, ##"{"url": "#a"}"##])
        + one("reject", ["{}", #"{"reason": "busy"}"#])
        + one(
            "stream",
            [
                #"{"url": "wss://a.example/b?c#d"}"#, #"{"url": "WS://[::1]:9000", "outputSamplingRate": 0}"#,
                #"{"url": "ws://a", "headerMetadata": " {\"a\" : -1.5, \"b\":null} ", "openMetadata": "x"}"#,
                #"{"url": "ws://a", "statusEvents": "stream-started stream-error", "dialect": "twilio"}"#,
                #"{"url": "ws://a", "inputSamplingRate": 44100, "bidirectionalSamplingRate": 8000, "name": "a b"}"#,
            ]
        )

    static let bad: [String] =
        [
            "{}", "7", "null", #""x""#, #"{"actions": {}}"#, #"{"actions": [], "x": 1}"#, "[{}]", "[[]]", "[7]",
            #"[{"hangup": {}, "pause": {}}]"#, #"[{"hangup": {}}, {"reject": {}}]"#, #"[{"dance": {}}]"#,
            #"[{"aiAgent": {"agentId": "x"}}]"#, #"[{"Say": {"text": "x"}}]"#,
            "[" + Array(repeating: #"{"pause": {}}"#, count: 51).joined(separator: ",") + "]",
        ]
        + one(
            "say",
            [
                "{}", #"{"text": ""}"#, #"{"text": null}"#, #"{"text": "a\u0000"}"#, #"{"text": "x", "voice": "bob"}"#,
                #"{"text": "x", "language": "e"}"#, #"{"text": "x", "loop": 101}"#, #"{"text": "x", "loop": "1"}"#,
                #"{"text": "x", "y": 1}"#,
            ]
        )
        + one(
            "play",
            [
                "{}", #"{"url": ""}"#, #"{"url": "tone:49"}"#, #"{"url": "tone:0440"}"#, #"{"url": "tone:440,600001"}"#,
                #"{"url": "prompt:"}"#, #"{"url": "prompt:a/b"}"#, #"{"url": "ftp://a"}"#, #"{"url": "//a"}"#,
                #"{"url": "https://u@a"}"#, #"{"url": "a b"}"#, #"{"url": 5}"#,
            ]
        )
        + one("pause", [#"{"length": 0}"#, #"{"length": 3601}"#, #"{"length": 1.5}"#, "[]"])
        + one(
            "getDigits",
            [
                #"{"timeout": 121}"#, #"{"timeout": -1}"#, #"{"numDigits": 129}"#, #"{"finishOnKey": "12"}"#,
                #"{"finishOnKey": "a"}"#, #"{"nested": [{"dial": {"device": "a"}}]}"#, #"{"action": ""}"#,
            ]
        )
        + one(
            "dial",
            [
                "{}", #"{"number": "5"}"#, #"{"number": "+254712345678", "device": "a"}"#, #"{"numbers": []}"#,
                #"{"numbers": ["+254712345678", "+254712345678"]}"#, #"{"numbers": "+254712345678"}"#,
                #"{"sip": "tel:5"}"#, #"{"sip": "sip:pbx.example.com"}"#,
                #"{"sip": "sip:a@b?Route=c"}"#, #"{"sip": "sip:a@b;maddr=c"}"#, #"{"sip": "sip:a@b;lr"}"#,
                #"{"sip": "sip:a?b@c"}"#, #"{"sip": "sip:a;b@c"}"#, #"{"sip": "sip:a%0Ab@c"}"#,
                #"{"sip": "sip:a@b:0"}"#,
                #"{"sip": "sip:a@b;transport=ws"}"#, #"{"device": "a", "recordingChannels": "stereo"}"#,
                #"{"device": "a b"}"#,
                #"{"device": "a", "timeout": 4}"#, #"{"device": "a", "timeout": 601}"#,
                #"{"device": "a", "record": "yes"}"#,
                #"{"device": "a", "timeLimit": 14401}"#, #"{"device": "a", "callerId": "me"}"#,
                #"{"device": "a", "whisper": [{"hangup": {}}]}"#,
            ]
        )
        + one(
            "conference",
            [
                "{}", #"{"name": ""}"#, #"{"name": "a\u0007"}"#, #"{"name": "a", "maxParticipants": 1}"#,
                #"{"name": "a", "maxParticipants": 251}"#, #"{"name": "a", "flags": ", "}"#,
                #"{"name": "a", "flags": "a;b"}"#,
                #"{"name": "a", "statusEvents": "dance"}"#, #"{"name": "a", "beep": "true"}"#,
                #"{"name": "a", "waitUrl": "hold music"}"#,
            ]
        )
        + one(
            "record",
            [
                #"{"timeout": 121}"#, #"{"maxLength": 3601}"#, #"{"finishOnKey": "abc"}"#, #"{"trim": "yes"}"#,
                #"{"transcribe": true}"#, #"{"transcribeCallback": "https://a.example"}"#, #"{"method": "PUT"}"#,
            ]
        )
        + one("redirect", ["{}", #"{"url": "mailto:a@b"}"#, #"{"url": "/x", "method": "post"}"#])
        + one("reject", [#"{"reason": "rude"}"#, "null"]) + one("hangup", [#"{"x": 1}"#, "true"])
        + one(
            "stream",
            [
                "{}", #"{"url": "https://a"}"#, #"{"url": "/a"}"#, #"{"url": "ws://a", "outputSamplingRate": 11025}"#,
                #"{"url": "ws://a", "headerMetadata": "{\"a\": []}"}"#, #"{"url": "ws://a", "headerMetadata": "x"}"#,
                #"{"url": "ws://a", "track": "all"}"#, #"{"url": "ws://a", "name": "é"}"#,
                #"{"url": "ws://a", "connect": 1}"#,
                #"{"url": "ws://a", "inputSamplingRate": 4000}"#, #"{"url": "ws://a", "statusEvents": "started"}"#,
            ]
        )
}
