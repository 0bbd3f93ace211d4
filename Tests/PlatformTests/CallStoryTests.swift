import Ledger
import Primitives
import Testing

@testable import Platform

/// Why a call ended, in words.
@Suite struct CallStoryTests {
    @Test(arguments: HangupCause.allCases, CallDirection.allCases)
    func everyEndHasASentence(_ cause: HangupCause, _ direction: CallDirection) {
        for isAnswered in [false, true] {
            let sentence = Self.story(cause, direction, isAnswered: isAnswered).sentence
            #expect(sentence.hasSuffix(".") && sentence.count > 15)
            #expect(sentence.contains("after 47 s") == isAnswered)
        }
    }

    @Test func whoHungUpIsNamed() {
        let said = { (reason: String) in
            Self.story(.normalClearing, .inbound, isAnswered: true, reason: reason).sentence
        }
        #expect(said("caller_hung_up") == "The caller hung up after 47 s.")
        #expect(said("we_hung_up") == "Your flow or a request of yours ended the call after 47 s.")
        #expect(
            said("not_acknowledged") == "The other side never confirmed the answer, so the call was ended after 47 s."
        )
        #expect(Self.story(.userBusy, .outbound, isAnswered: false).sentence == "The other side was busy.")
        #expect(
            Self.story(.userBusy, .inbound, isAnswered: false).sentence == "The caller was told that the line is busy."
        )
    }

    private static func story(
        _ cause: HangupCause,
        _ direction: CallDirection,
        isAnswered: Bool,
        reason: String? = nil
    ) -> CallStory {
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
            status: isAnswered ? .completed : cause.statusBeforeAnswer,
            clientRequestID: nil,
            voiceCallbackURL: nil,
            record: false,
            actions: [],
            ringTimeout: .seconds(60),
            ratePerMinuteMinor: 300,
            currency: .kes,
            placedBy: nil,
            createdAt: now,
            answeredAt: isAnswered ? now : nil,
            endedAt: now,
            durationSeconds: isAnswered ? 47 : 0,
            costMinor: 0,
            hangupCause: cause,
            updatedAt: now,
            direction: direction
        )
        let entry = reason.map {
            TimelineEntry(
                id: ids.next(),
                callID: id,
                kind: "sip.ended",
                payload: ["reason": .string($0)],
                occurredAt: now
            )
        }
        return CallStory(call: call, entries: entry.map { [$0] } ?? [], legs: [])
    }
}
