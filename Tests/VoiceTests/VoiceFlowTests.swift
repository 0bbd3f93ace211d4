import Platform
import Testing

@testable import Voice

/// The flow as a value: what a call does, action by action.
@Suite struct VoiceFlowTests {
    private static let url = "https://shop.example.com/voice"

    private static func document(_ number: Int, _ actions: VoiceAction...) -> FlowEvent {
        .document(token(number), .actions(actions, url: url))
    }

    @Test func aCallIsAnsweredBeforeTheFirstWord() {
        var flow = FlowTrace()
        #expect(flow(.beginAtURL) == "fetch voice URL begin #1")
        #expect(flow(Self.document(1, .say(SayAction("Habari")), .play(PlayAction(.prompt("bye"))))) == "answer")
        #expect(flow(.answered) == "say Habari #2")
        #expect(flow(.soundEnded(token(2))) == "play prompt:bye #3")
        #expect(flow(.soundEnded(token(3))) == "note flow.finished, hang up normal_clearing")
        #expect(flow(.soundEnded(token(3))).isEmpty)
    }

    @Test func aCallIsRejectedUnanswered() {
        var flow = FlowTrace()
        _ = flow(.beginAtURL)
        #expect(flow(Self.document(1, .pause(.seconds(2)), .reject(.busy))) == "note flow.pause, wait 2 #2")
        #expect(flow(.timer(token(2))) == "note flow.reject, reject busy")
    }

    @Test func anEmptyDocumentRefusesTheCall() {
        var flow = FlowTrace()
        _ = flow(.beginAtURL)
        #expect(flow(Self.document(1)) == "note flow.finished, reject rejected")
    }

    @Test func theFirstKeySilencesThePromptAndTheLastOneIsSent() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        let gather = GetDigitsAction(nested: [.say(SayAction("Menu")), .say(SayAction("More"))], numDigits: 2)
        #expect(flow(Self.document(1, .getDigits(gather))) == "note flow.get_digits, say Menu #2")
        #expect(flow(.soundEnded(token(2))) == "say More #3")
        #expect(flow(.digit("1")) == "silence, wait 5 #4")
        // The end of the prompt that was cut off, and the timer of before, are old news.
        #expect(flow(.soundEnded(token(3))).isEmpty)
        #expect(flow(.digit("9")) == "note flow.digits, fetch \(Self.url) digits 19 #5")
    }

    @Test func aKeyThatEndsTheInputIsNoPartOfIt() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        var gather = GetDigitsAction()
        gather.action = "https://shop.example.com/keys"
        #expect(flow(Self.document(1, .getDigits(gather))) == "note flow.get_digits, wait 5 #2")
        #expect(flow(.digit("4")) == "wait 5 #3")
        #expect(flow(.timer(token(2))).isEmpty)
        #expect(flow(.digit("#")) == "note flow.digits, fetch https://shop.example.com/keys digits 4 #4")
    }

    @Test func withoutAKeyTheDocumentGoesOn() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        let asked = flow(Self.document(1, .getDigits(GetDigitsAction()), .say(SayAction("Kwaheri"))))
        #expect(asked == "note flow.get_digits, wait 5 #2")
        #expect(flow(.timer(token(2))) == "say Kwaheri #3")
    }

    @Test func keysOutsideOfAnInputChangeNothing() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        _ = flow(Self.document(1, .say(SayAction("Habari"))))
        #expect(flow(.digit("5")).isEmpty)
    }

    @Test func redirectsThatSayNothingEnd() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        for number in 1..<VoiceFlow.silentDocumentLimit {
            let next = flow(Self.document(number, .redirect(RedirectAction(Self.url))))
            #expect(next == "note flow.redirect, fetch \(Self.url) redirect #\(number + 1)")
        }
        let last = VoiceFlow.silentDocumentLimit
        #expect(
            flow(Self.document(last, .redirect(RedirectAction(Self.url))))
                == "note flow.redirect, note flow.loop, apologise #\(last + 1)"
        )
        #expect(flow(.soundEnded(token(last + 1))) == "hang up normal_temporary_failure")
    }

    @Test func redirectsThatSaySomethingMayGoOn() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        var number = 1
        for _ in 0..<100 {
            let document = Self.document(number, .pause(.seconds(1)), .redirect(RedirectAction(Self.url)))
            #expect(flow(document).contains("wait"))
            #expect(flow(.timer(token(number + 1))).contains("fetch"))
            number += 2
        }
    }

    @Test func aServerThatIsAwayIsApologisedFor() {
        var flow = FlowTrace()
        _ = flow(.beginAtURL)
        #expect(flow(.document(token(1), .failed)) == "answer")
        #expect(flow(.answered) == "apologise #2")
        #expect(flow(.soundEnded(token(2))) == "hang up normal_temporary_failure")
    }

    @Test func anOutboundCallStaysUpWhenItsServerOnlyListens() {
        var flow = FlowTrace(isInbound: false, isAnswered: true)
        _ = flow(.beginAtURL)
        #expect(flow(.document(token(1), .none)) == "rest")
        #expect(flow(.replace([.hangup])) == "note flow.hangup, hang up normal_clearing")
    }

    @Test func actionsThatCameWithTheCallLeaveItUp() {
        var flow = FlowTrace(isInbound: false, hasURL: false, isAnswered: true)
        #expect(flow(.begin([.say(SayAction("Habari"))])) == "say Habari #1")
        #expect(flow(.soundEnded(token(1))) == "rest")
    }

    @Test func aDialRingsWhileTheCallerWaits() {
        var flow = FlowTrace()
        _ = flow(.beginAtURL)
        var dial = DialAction(.numbers(["+254712345678"]))
        dial.action = "https://shop.example.com/after"
        #expect(flow(Self.document(1, .dial(dial))) == "begin dial #2")
        let busy = DialResult(status: .busy, callID: nil, duration: .zero)
        #expect(flow(.dialEnded(token(2), busy)) == "fetch https://shop.example.com/after dial busy #3")
        #expect(flow(Self.document(3, .say(SayAction("Busy")))) == "answer")
    }

    @Test func afterADialWithoutAURLTheDocumentGoesOn() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        let dial = DialAction(.numbers(["+254712345678"]))
        _ = flow(Self.document(1, .dial(dial), .say(SayAction("Thanks"))))
        let result = DialResult(status: .completed, callID: nil, duration: .seconds(9))
        #expect(flow(.dialEnded(token(2), result)) == "say Thanks #3")
    }

    @Test func somebodyElseTakesOver() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        _ = flow(Self.document(1, .say(SayAction("A long story"))))
        #expect(flow(.replace([.say(SayAction("Stop"))])) == "silence, say Stop #3")
        #expect(flow(.soundEnded(token(2))).isEmpty)
        #expect(flow(.soundEnded(token(3))) == "rest")
        _ = flow(.replace([.conference(ConferenceAction("sales"))]))
        #expect(flow(.replace([])) == "stop #4, rest")
    }

    @Test func aStreamThatIsNotWaitedForRunsBeside() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        let stream = StreamAction("wss://shop.example.com/audio")
        #expect(flow(Self.document(1, .stream(stream), .say(SayAction("Hi")))) == "begin stream #2, say Hi #3")
        let waited = StreamAction("wss://shop.example.com/audio", connects: true)
        _ = flow(.replace([.stream(waited), .say(SayAction("Bye"))]))
        #expect(flow(.activityEnded(token(4))) == "say Bye #5")
    }

    @Test func whatWasRecordedIsSent() {
        var flow = FlowTrace(isAnswered: true)
        _ = flow(.beginAtURL)
        #expect(flow(Self.document(1, .record(RecordAction()), .say(SayAction("Nothing")))) == "begin record #2")
        let nothing = RecordResult(recordingID: nil, url: nil, duration: .zero, digits: "")
        #expect(flow(.recorded(token(2), nothing)) == "say Nothing #3")
    }
}
