import Ledger
import Primitives
import Testing

@testable import Platform

/// Why a call ended, in words.
@Suite struct CallStoryTests {
    /// An end as the timeline has it, and what is said of it.
    struct Ending: CustomTestStringConvertible {
        let direction: CallDirection
        let cause: HangupCause
        let entries: [(String, JSONValue)]
        let sentence: String
        var isAnswered = false

        var testDescription: String { sentence }

        static func answered(_ cause: HangupCause, _ entries: [(String, JSONValue)], _ sentence: String) -> Ending {
            Ending(direction: .outbound, cause: cause, entries: entries, sentence: sentence, isAnswered: true)
        }

        static func inbound(_ cause: HangupCause, _ entries: [(String, JSONValue)], _ sentence: String) -> Ending {
            Ending(direction: .inbound, cause: cause, entries: entries, sentence: sentence)
        }

        static func outbound(_ cause: HangupCause, _ entries: [(String, JSONValue)], _ sentence: String) -> Ending {
            Ending(direction: .outbound, cause: cause, entries: entries, sentence: sentence)
        }

        /// An outbound call that a trunk refused, or did not answer when there is no status.
        static func failed(
            _ cause: HangupCause,
            _ status: Int64?,
            _ sentence: String,
            by trunk: String = "alpha"
        )
            -> Ending
        {
            let failure: JSONValue = JSONValue(present: [
                ("trunk", .string(trunk)), ("status", status.map { .integer($0) }),
            ])
            return outbound(cause, [("sip.invite", ["trunk": .string(trunk)]), ("sip.failed", failure)], sentence)
        }
    }

    private static func bye(_ reason: String) -> (String, JSONValue) {
        ("sip.ended", ["reason": .string(reason)])
    }

    static let answered: [Ending] = [
        .answered(.normalClearing, [bye("caller_hung_up")], "The caller hung up after 47 s."),
        .answered(.normalClearing, [bye("callee_hung_up")], "The callee hung up after 47 s."),
        .answered(
            .networkOutOfOrder,
            [bye("callee_hung_up")],
            "The callee's side ended the call after 47 s, and gave the reason \"network out of order\"."
        ),
        .answered(
            .normalClearing,
            [("flow.hangup", [:]), bye("we_hung_up")],
            "Your document hung up after 47 s."
        ),
        .answered(
            .normalClearing,
            [("flow.finished", [:]), bye("we_hung_up")],
            "Your document had no more actions, so the call was ended after 47 s."
        ),
        .answered(
            .normalClearing,
            [("flow.dial_ended", ["status": "completed"]), bye("we_hung_up")],
            "Whom the call was connected to hung up after 47 s."
        ),
        .answered(
            .normalClearing,
            [("call.hangup", ["by": "request"]), bye("we_hung_up")],
            "A request of yours ended the call after 47 s."
        ),
        .answered(
            .normalClearing,
            [("call.hangup", ["by": "dialler"]), bye("we_hung_up")],
            "The call that dialled this one let it go after 47 s."
        ),
        .answered(
            .normalTemporaryFailure,
            [
                ("flow.callback", ["problem": "the server answered 500"]), ("flow.failed", [:]), bye("we_hung_up"),
                ("flow.callback", ["problem": "the server answered 404"]),
            ],
            "Your server gave no document to go on with (the server answered 500), so the call was ended after 47 s."
        ),
        .answered(
            .normalTemporaryFailure,
            [("flow.failed", [:]), bye("we_hung_up")],
            "There was no document to go on with, so the call was ended after 47 s."
        ),
        .answered(
            .normalTemporaryFailure,
            [("flow.loop", ["documents": 11]), ("flow.failed", [:]), bye("we_hung_up")],
            "Your documents led to each other without an end, so the call was ended after 47 s."
        ),
        .answered(
            .incompatibleDestination,
            [bye("we_hung_up")],
            "The two sides have no codec in common, so the call was ended after 47 s."
        ),
        .answered(
            .recoveryOnTimerExpire,
            [bye("session_expired")],
            "The other side had gone without a word, which was noticed after 47 s."
        ),
        .answered(
            .recoveryOnTimerExpire,
            [bye("not_acknowledged")],
            "The other side never confirmed the answer, so the call was ended after 47 s."
        ),
        .answered(
            .maxDuration,
            [bye("we_hung_up")],
            "The call reached the longest time it may last, and was ended after 47 s."
        ),
        .answered(.maxCost, [bye("we_hung_up")], "The call reached the most it may cost, and was ended after 47 s."),
        .answered(
            .mediaTimeout,
            [bye("we_hung_up")],
            "No sound came from the other side for too long, so the call was ended after 47 s."
        ),
        .answered(.systemShutdown, [bye("we_hung_up")], "The server was stopped, and the call was ended after 47 s."),
        .answered(
            .networkOutOfOrder,
            [],
            "The server that ran the call was lost, and the call was closed after 47 s."
        ),
    ]

    static let inbound: [Ending] = [
        .inbound(.originatorCancel, [("sip.canceled", [:])], "The caller gave up before anybody answered."),
        .inbound(
            .callRejected,
            [("call.refused", ["reason": "suspended"])],
            "The number or its workspace is suspended, so the call was refused."
        ),
        .inbound(
            .callRejected,
            [("call.refused", ["reason": "empty_wallet"])],
            "The wallet is empty, so the call was refused."
        ),
        .inbound(
            .userBusy,
            [("call.refused", ["reason": "too_many_calls"])],
            "You had as many calls as you may have at once, so the call was refused."
        ),
        .inbound(
            .noRouteDestination,
            [("flow.no_url", [:]), ("sip.refused", [:])],
            "The number has no voice URL and no telephone is registered, so nobody could take the call."
        ),
        .inbound(
            .userBusy,
            [("flow.reject", ["reason": "busy"]), ("sip.refused", [:])],
            "Your document refused the call as busy."
        ),
        .inbound(
            .callRejected,
            [("flow.reject", ["reason": "rejected"]), ("sip.refused", [:])],
            "Your document refused the call."
        ),
        .inbound(
            .callRejected,
            [("flow.finished", [:]), ("sip.refused", [:])],
            "Your document had no actions, so the call was refused."
        ),
        .inbound(
            .callRejected,
            [("flow.dial_refused", ["message": "The wallet is empty."]), ("sip.refused", [:])],
            "The call was not allowed: The wallet is empty."
        ),
        .inbound(
            .userBusy,
            [("flow.dial_ended", ["status": "busy"]), ("sip.refused", [:])],
            "Whoever was rung was busy."
        ),
        .inbound(
            .normalClearing,
            [("call.hangup", ["by": "request"]), ("sip.refused", [:])],
            "A request of yours ended the call before it was answered."
        ),
        .inbound(
            .networkOutOfOrder,
            [("sip.failed", ["reason": "caller_lost"])],
            "The connection to the caller was lost before the call was answered."
        ),
        .inbound(.networkOutOfOrder, [], "The server that ran the call was lost before the call was answered."),
        .inbound(.normalTemporaryFailure, [], "Nobody took the call for too long, and it was closed."),
        .inbound(.incompatibleDestination, [("sip.refused", [:])], "The two sides have no codec in common."),
        .inbound(.noMediaPort, [("sip.refused", [:])], "The server had no port left for the call's sound."),
        .inbound(.systemShutdown, [("sip.refused", [:])], "The server was stopped before the call was answered."),
    ]

    static let outbound: [Ending] = [
        .failed(.userBusy, 486, "The other side was busy."), .failed(.noAnswer, nil, "Nobody answered in time."),
        .failed(.noAnswer, 480, "The other side could not be reached, or did not answer."),
        .failed(.callRejected, 603, "The other side refused the call."),
        .failed(.callRejected, 403, "The carrier refused the call (403)."),
        .failed(.callRejected, nil, "The carrier did not accept this server's name and password."),
        .failed(.originatorCancel, 487, "The carrier took the call back before it was answered."),
        .failed(.unallocatedNumber, 404, "The number that was called does not exist."),
        .failed(.noRouteDestination, 484, "The carrier knows no way to this number."),
        .failed(.destinationOutOfOrder, 502, "The other side's network could not reach it."),
        .failed(.recoveryOnTimerExpire, 504, "The other side's network did not answer in time."),
        .failed(.recoveryOnTimerExpire, nil, "The carrier did not answer at all."),
        .failed(.recoveryOnTimerExpire, nil, "The device did not answer at all.", by: "device"),
        .failed(.networkOutOfOrder, nil, "The carrier could not be reached."),
        .failed(.networkOutOfOrder, 500, "The carrier failed to place the call (500)."),
        .failed(.normalTemporaryFailure, 503, "The carrier could not take the call at that moment (503)."),
        .failed(.incompatibleDestination, 488, "The two sides have no codec in common."),
        .outbound(.noTrunk, [], "No trunk takes calls to this number."),
        .outbound(.noMediaPort, [], "The server had no port left for the call's sound."),
        .outbound(.systemShutdown, [], "The server was stopped before the call was answered."),
        .outbound(.originatorCancel, [], "A request of yours took the call back before it was dialled."),
        .outbound(.normalTemporaryFailure, [], "This server could not dial the call in time."),
        .outbound(
            .networkOutOfOrder,
            [("sip.invite", [:])],
            "The server that ran the call was lost before the call was answered."
        ),
        .outbound(.networkOutOfOrder, [], "The server that had the call was lost before it was dialled."),
        .outbound(
            .normalClearing,
            [("sip.invite", [:]), ("call.hangup", ["by": "request"]), ("sip.failed", [:])],
            "A request of yours ended the call before it was answered."
        ),
        .outbound(
            .originatorCancel,
            [("sip.invite", [:]), ("call.hangup", ["by": "dialler"]), ("sip.failed", [:])],
            "The call that dialled this one gave it up before it was answered."
        ),
    ]

    @Test(arguments: answered + inbound + outbound)
    func everyEndIsToldRightly(_ ending: Ending) {
        #expect(Self.story(ending).sentence == ending.sentence)
    }

    /// Also of an end that no version of ours has written.
    @Test(arguments: HangupCause.allCases, CallDirection.allCases)
    func everyCauseHasASentence(_ cause: HangupCause, _ direction: CallDirection) {
        for isAnswered in [false, true] {
            let ending = Ending(direction: direction, cause: cause, entries: [], sentence: "", isAnswered: isAnswered)
            let sentence = Self.story(ending).sentence
            #expect(sentence.hasSuffix(".") && sentence.count > 15)
            #expect(sentence.contains("after 47 s") == isAnswered)
        }
    }

    private static func story(_ ending: Ending) -> CallStory {
        let ids = SystemIdentifierSource(clock: ManualWallClock())
        let (now, id) = (ManualWallClock().now(), ids.next())
        let call = Call(
            id: id,
            workspaceID: ids.next(),
            sessionID: "HD_000000000000",
            from: "+254722000111",
            to: "+254200000001",
            callerID: "+254722000111",
            numberID: ids.next(),
            status: ending.isAnswered ? .completed : ending.cause.statusBeforeAnswer,
            clientRequestID: nil,
            voiceCallbackURL: nil,
            record: false,
            actions: [],
            ringTimeout: .seconds(60),
            ratePerMinuteMinor: 300,
            currency: .kes,
            placedBy: nil,
            createdAt: now,
            answeredAt: ending.isAnswered ? now : nil,
            endedAt: now,
            durationSeconds: ending.isAnswered ? 47 : 0,
            costMinor: 0,
            hangupCause: ending.cause,
            updatedAt: now,
            direction: ending.direction
        )
        let entries = ending.entries.map { kind, payload in
            TimelineEntry(id: ids.next(), callID: id, kind: kind, payload: payload, occurredAt: now)
        }
        return CallStory(call: call, entries: entries, legs: [])
    }
}
