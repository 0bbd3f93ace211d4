package import Platform
import Primitives

/// Good voice actions, made from a seed: everything that the types can say.
package struct RandomVoiceActions {
    private var random: SplitMix64

    /// The same seed makes the same actions.
    package init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The actions of a document: at most 50, those inside of others counted.
    package mutating func document() -> [VoiceAction] {
        var actions: [VoiceAction] = flip() ? [.reject(pick(RejectReason.allCases))] : []
        for _ in 0..<Int.random(in: 0...8, using: &random) { actions.append(action()) }
        return actions
    }

    private mutating func action() -> VoiceAction {
        switch Int.random(in: 0...8, using: &random) {
        case 0: .getDigits(getDigits())
        case 1: .dial(dial())
        case 2: .conference(conference())
        case 3: .record(record())
        case 4: .redirect(RedirectAction(url(), method: pick(CallbackMethod.allCases)))
        case 5: .hangup
        case 6: .stream(stream())
        default: prompt()
        }
    }

    private mutating func prompt() -> VoiceAction {
        let loop = Int.random(in: 1...100, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0:
            return .say(
                SayAction(
                    text(),
                    voice: maybe { $0.pick(["alice", "woman", "man"]) },
                    language: maybe { $0.pick(["sw", "en-KE", "zh-Hant-TW"]) },
                    loop: loop
                )
            )
        case 1: return .play(PlayAction(sound(), loop: loop))
        default: return .pause(seconds(1...3600))
        }
    }

    private mutating func prompts() -> [VoiceAction] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in prompt() }
    }

    private mutating func sound() -> PlayAction.Sound {
        switch Int.random(in: 0...3, using: &random) {
        case 0:
            .tone(
                hertz: Int.random(in: 50...3400, using: &random),
                .milliseconds(Int.random(in: 20...600_000, using: &random))
            )
        case 1: .prompt(pick(["welcome", "a", "Karibu_2-b"]))
        case 2: .upload("aud_01kw48b580evr88y42wdngtn4v")
        default: .web(url())
        }
    }

    private mutating func getDigits() -> GetDigitsAction {
        GetDigitsAction(
            nested: prompts(),
            timeout: seconds(1...120),
            numDigits: Int.random(in: 0...128, using: &random),
            finishOnKey: key(),
            action: maybe { $0.url() }
        )
    }

    private mutating func dial() -> DialAction {
        let target: DialAction.Target =
            switch Int.random(in: 0...2, using: &random) {
            case 0:
                .numbers((0..<Int.random(in: 1...10, using: &random)).map { "+25471234567\($0)" })
            case 1: .sip(pick(["sip:desk@pbx.example.com", "sips:a.b%20c@[2001:db8::1]:5061;transport=tcp"]))
            default: .device("u23456789abcdefg")
            }
        return DialAction(
            target,
            callerID: maybe { _ in "+254200000001" },
            timeout: seconds(5...600),
            recording: maybe { $0.pick(DialAction.Recording.allCases) },
            recordingChannels: pick(RecordingChannels.allCases),
            action: maybe { $0.url() },
            whisper: prompts(),
            timeLimit: maybe { $0.seconds(1...14_400) }
        )
    }

    private mutating func conference() -> ConferenceAction {
        var conference = ConferenceAction(pick(["sales", "Mkutano wa saa tatu", "🫖"]))
        conference.flags = (0..<Int.random(in: 0...3, using: &random)).map { _ in pick(["mute", "end-conf", "x_1"]) }
        conference.maxParticipants = maybe { Int.random(in: 2...250, using: &$0.random) }
        (conference.isRecorded, conference.beeps, conference.isMuted) = (flip(), flip(), flip())
        (conference.startsOnEnter, conference.endsOnExit, conference.collectsDigits) = (flip(), flip(), flip())
        conference.waitSound = maybe { $0.sound() }
        conference.statusCallback = maybe { $0.url() }
        conference.statusEvents = some(ConferenceAction.StatusEvent.allCases)
        conference.finishOnKey = key()
        conference.numDigits = Int.random(in: 0...128, using: &random)
        conference.digitsCallback = maybe { $0.url() }
        return conference
    }

    private mutating func record() -> RecordAction {
        RecordAction(
            action: maybe { $0.url() },
            method: pick(CallbackMethod.allCases),
            timeout: seconds(0...120),
            maxLength: seconds(1...3600),
            finishOnKey: pick(["", "#", "19*", "1234567890*#"]),
            playsBeep: flip(),
            trimsSilence: flip()
        )
    }

    private mutating func stream() -> StreamAction {
        var stream = StreamAction(
            pick(["wss://agent.example.com/audio?a=b", "ws://127.0.0.1:9000"]),
            dialect: pick(StreamAction.Dialect.allCases),
            connects: flip()
        )
        stream.track = pick(StreamAction.Track.allCases)
        stream.outputSamplingRate = pick([8000, 16_000])
        stream.bidirectionalSamplingRate = pick([8000, 16_000])
        stream.name = maybe { $0.pick(["agent", "a b:c"]) }
        stream.headerMetadata = maybe { $0.pick([#"{}"#, #"{"a": "b", "c": -1.5, "d": true, "e": null}"#]) }
        stream.openMetadata = maybe { $0.text() }
        stream.statusCallback = maybe { $0.url() }
        stream.statusEvents = some(StreamAction.StatusEvent.allCases)
        return stream
    }

    // MARK: Parts

    /// Begins and ends with a letter, so that XML, which drops white space around, says the same.
    private mutating func text() -> String {
        let middle = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            pick(["a", " ", "\n", "\t", "<", "&", "]]>", "\"", "'", "\\", "é", "🫖", "{}", "1"])
        }
        return "K" + middle.joined() + "b"
    }

    private mutating func url() -> String {
        pick(["https://shop.example.com/voice", "http://127.0.0.1:9000/a?b=c&d=%20#e", "HTTPS://[2001:db8::1]"])
    }

    private mutating func key() -> String { pick(["", "#", "*", "0", "9"]) }

    private mutating func seconds(_ range: ClosedRange<Int>) -> Duration {
        .seconds(Int.random(in: range, using: &random))
    }

    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private mutating func some<T: Hashable>(_ values: [T]) -> Set<T> {
        Set(values.filter { _ in flip() })
    }

    private mutating func maybe<T>(_ make: (inout RandomVoiceActions) -> T) -> T? {
        flip() ? make(&self) : nil
    }
}
