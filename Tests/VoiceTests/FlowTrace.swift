import Platform

@testable import Voice

/// A flow under test: news in, what it wants as text.
struct FlowTrace {
    var flow: VoiceFlow

    init(isInbound: Bool = true, hasURL: Bool = true, isAnswered: Bool = false) {
        flow = VoiceFlow(isInbound: isInbound, hasURL: hasURL, isAnswered: isAnswered)
    }

    mutating func callAsFunction(_ event: FlowEvent) -> String {
        flow.handle(event).map(Self.text).joined(separator: ", ")
    }

    private static func text(_ command: FlowCommand) -> String {
        switch command {
        case .answer: "answer"
        case .reject(let reason): "reject \(reason.rawValue)"
        case .fetch(let request, let token):
            "fetch \(request.url ?? "voice URL") \(text(request.reason)) #\(token.number)"
        case .say(let say, let token): "say \(say.text) #\(token.number)"
        case .play(let play, let token): "play \(play.sound.url) #\(token.number)"
        case .stopSounds: "silence"
        case .wait(let length, let token): "wait \(length.components.seconds) #\(token.number)"
        case .begin(let activity, let token): "begin \(text(activity)) #\(token.number)"
        case .stop(let token): "stop #\(token.number)"
        case .note(let kind, _): "note \(kind)"
        case .rest: "rest"
        case .hangUp(let cause): "hang up \(cause.rawValue)"
        case .apologise(let token): "apologise #\(token.number)"
        }
    }

    private static func text(_ reason: FlowRequest.Reason) -> String {
        switch reason {
        case .begin: "begin"
        case .digits(let digits): "digits \(digits)"
        case .redirect: "redirect"
        case .dialEnded(let result): "dial \(result.status.rawValue)"
        case .recorded: "recorded"
        case .stream(let event, _, _): event.rawValue
        case .digitsCollected(let digits, _): "collected \(digits)"
        case .ended: "ended"
        }
    }

    private static func text(_ activity: FlowActivity) -> String {
        switch activity {
        case .dial: "dial"
        case .record: "record"
        case .conference: "conference"
        case .stream: "stream"
        }
    }
}

/// The token of this number.
func token(_ number: Int) -> FlowToken { FlowToken(number: number) }
