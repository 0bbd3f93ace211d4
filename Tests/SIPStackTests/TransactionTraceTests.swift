import SIPStack
import Testing

/// The four machines, event by event, against the figures of RFC 3261 section 17 and RFC 6026.
@Suite struct TransactionTraceTests {
    let timers = SIPTimers()

    @Test func anInviteIsRepeatedAtTwiceTheWaitUntilItTimesOut() {
        var machine = InviteClientTransaction(timers: timers, isReliable: false)
        #expect(
            machine.handle(.start) == [
                .sendRequest, .start(.retransmit, .milliseconds(500)), .start(.timeout, .seconds(32)),
            ]
        )
        for wait in [1, 2, 4, 8, 16, 32] {
            #expect(machine.handle(.timer(.retransmit)) == [.sendRequest, .start(.retransmit, .seconds(wait))])
        }
        #expect(machine.handle(.timer(.timeout)) == [.stop(.retransmit), .reportTimeout, .terminate])
        #expect(machine.handle(.response(status: 200)) == [])
    }

    @Test func aProvisionalResponseEndsTheRepeating() {
        var machine = InviteClientTransaction(timers: timers, isReliable: false)
        _ = machine.handle(.start)
        #expect(machine.handle(.response(status: 100)) == [.stop(.retransmit), .stop(.timeout), .deliver])
        #expect(machine.handle(.timer(.retransmit)) == [])
        #expect(machine.handle(.response(status: 180)) == [.deliver])
        #expect(machine.handle(.response(status: 486)) == [.sendACK, .deliver, .start(.linger, .seconds(32))])
        #expect(machine.handle(.response(status: 486)) == [.sendACK])
        #expect(machine.handle(.timer(.linger)) == [.terminate])
    }

    @Test(arguments: [401, 407]) func aChallengeIsNotRepeatedUnasked(status: Int) {
        var machine = InviteServerTransaction(timers: timers, isReliable: false)
        #expect(machine.handle(.respond(status: status)) == [.sendResponse, .start(.timeout, .seconds(32))])
        #expect(machine.handle(.requestRetransmitted) == [.sendResponse])
        #expect(machine.handle(.ack).last == .start(.linger, .seconds(5)))
    }

    @Test func every2xxIsTheUsers() {
        var machine = InviteClientTransaction(timers: timers, isReliable: false)
        _ = machine.handle(.start)
        #expect(
            machine.handle(.response(status: 200)) == [
                .stop(.retransmit), .stop(.timeout), .deliver, .start(.linger, .seconds(32)),
            ]
        )
        #expect(machine.handle(.response(status: 200)) == [.deliver])
        #expect(machine.handle(.response(status: 486)) == [])
        #expect(machine.handle(.timer(.linger)) == [.terminate])
    }

    @Test func overAStreamNothingIsRepeatedAndNothingLingers() {
        var invite = InviteClientTransaction(timers: timers, isReliable: true)
        #expect(invite.handle(.start) == [.sendRequest, .start(.timeout, .seconds(32))])
        #expect(
            invite.handle(.response(status: 503)) == [
                .stop(.retransmit), .stop(.timeout), .sendACK, .deliver, .terminate,
            ]
        )
        var bye = NonInviteClientTransaction(timers: timers, isReliable: true)
        #expect(bye.handle(.start) == [.sendRequest, .start(.timeout, .seconds(32))])
        #expect(bye.handle(.response(status: 200)) == [.stop(.retransmit), .stop(.timeout), .deliver, .terminate])
        var server = NonInviteServerTransaction(timers: timers, isReliable: true)
        #expect(server.handle(.respond(status: 200)) == [.sendResponse, .terminate])
    }

    @Test func otherRequestsWaitNoLongerThanT2() {
        var machine = NonInviteClientTransaction(timers: timers, isReliable: false)
        _ = machine.handle(.start)
        for wait in [1, 2, 4, 4, 4] {
            #expect(machine.handle(.timer(.retransmit)) == [.sendRequest, .start(.retransmit, .seconds(wait))])
        }
        #expect(machine.handle(.response(status: 100)) == [.deliver])
        #expect(machine.handle(.timer(.retransmit)) == [.sendRequest, .start(.retransmit, .seconds(4))])
        #expect(
            machine.handle(.response(status: 200)) == [
                .stop(.retransmit), .stop(.timeout), .deliver, .start(.linger, .seconds(5)),
            ]
        )
        #expect(machine.handle(.response(status: 200)) == [])
    }

    @Test func aRefusedInviteIsRepeatedUntilItsACK() {
        var machine = InviteServerTransaction(timers: timers, isReliable: false)
        #expect(machine.handle(.requestRetransmitted) == [])
        #expect(machine.handle(.respond(status: 100)) == [.sendResponse])
        #expect(machine.handle(.requestRetransmitted) == [.sendResponse])
        #expect(
            machine.handle(.respond(status: 486)) == [
                .sendResponse, .start(.retransmit, .milliseconds(500)), .start(.timeout, .seconds(32)),
            ]
        )
        for wait in [1, 2, 4, 4] {
            #expect(machine.handle(.timer(.retransmit)) == [.sendResponse, .start(.retransmit, .seconds(wait))])
        }
        #expect(machine.handle(.ack) == [.stop(.retransmit), .stop(.timeout), .start(.linger, .seconds(5))])
        #expect(machine.handle(.ack) == [])
        #expect(machine.handle(.timer(.linger)) == [.terminate])
        var lonely = InviteServerTransaction(timers: timers, isReliable: false)
        _ = lonely.handle(.respond(status: 603))
        #expect(lonely.handle(.timer(.timeout)) == [.stop(.retransmit), .reportTimeout, .terminate])
    }

    @Test func aFailingTransportIsReportedOnce() {
        var invite = InviteClientTransaction(timers: timers, isReliable: false)
        _ = invite.handle(.start)
        #expect(
            invite.handle(.transportFailed) == [
                .stop(.retransmit), .stop(.timeout), .reportTransportFailure, .terminate,
            ]
        )
        #expect(invite.handle(.transportFailed) == [])
    }
}
