import Foundation
import Platform
import Testing

@Suite struct StateMachineTests {
    @Test func aCallWalksThroughItsStatuses() {
        let traces: [([CallEvent], CallStatus)] = [
            ([.alerting, .answered, .ended(.normalClearing)], .completed),
            ([.answered, .ended(.userBusy)], .completed),
            ([.alerting, .ended(.noAnswer)], .noAnswer), ([.ended(.userBusy)], .busy),
            ([.ended(.callRejected)], .failed),
            ([.alerting, .ended(.originatorCancel)], .canceled), ([.ended(.normalTemporaryFailure)], .failed),
        ]
        for (events, end) in traces {
            var status = CallStatus.initiated
            for event in events { status = CallStateMachine.next(status, event) ?? status }
            #expect(status == end)
        }
    }

    @Test func nothingFollowsTheEndAndNothingIsRepeated() {
        for status in CallStatus.allCases where status.isTerminal {
            for event in [CallEvent.alerting, .answered, .ended(.normalClearing)] {
                #expect(CallStateMachine.next(status, event) == nil)
            }
        }
        #expect(CallStateMachine.next(.ringing, .alerting) == nil)
        #expect(CallStateMachine.next(.answered, .answered) == nil)
    }

    @Test(arguments: [
        (486, "user_busy"), (600, "user_busy"), (603, "call_rejected"), (404, "unallocated_number"), (408, "no_answer"),
        (480, "no_answer"), (430, "no_answer"), (487, "originator_cancel"), (503, "normal_temporary_failure"),
        (500, "network_out_of_order"),
        (488, "incompatible_destination"), (699, "network_out_of_order"),
    ])
    func sipStatusesHaveCauses(status: Int, cause: String) {
        #expect(HangupCause(sipStatus: status).rawValue == cause)
    }

    @Test func everyCauseHasAQ850Number() {
        for cause in HangupCause.allCases { #expect((1...127).contains(cause.q850)) }
        #expect(HangupCause(q850: 17) == .userBusy && HangupCause(q850: 126) == nil)
    }

    @Test func jsonIsPrintedAndReadBack() throws {
        let value: JSONValue = [
            "a": [1, true, nil, .decimal(minor: -305)], "b": .string("\"\\\n\u{1}ñ🫖"), "c": .double(0.5),
        ]
        #expect(value.text == "{\"a\":[1,true,null,-3.05],\"b\":\"\\\"\\\\\\n\\u0001ñ🫖\",\"c\":0.5}")
        let again = try JSONValue(parsing: Data(value.bytes))
        #expect(again["b"] == value["b"] && again["a"] == [1, true, nil, .double(-3.05)])
    }
}
