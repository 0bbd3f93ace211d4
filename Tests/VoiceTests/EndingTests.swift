import Database
import Ledger
import MediaEngine
import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Every way a call can end: its true status, cause and cost.
@Suite(.timeLimit(.minutes(1))) struct EndingTests {
    @Test func aCallThatTheCalleeEndsIsBilledByTheSecond() async throws {
        let trunk = try await TestTrunk { $0.session.ring() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .ringing)
            world.clock.advance(by: .seconds(9))
            phone.answer()
            try await world.wait(for: .answered, of: call)
            world.clock.advance(by: .seconds(47))
            phone.session.hangUp()
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .normalClearing)
            #expect(settled.durationSeconds == 47 && settled.costMinor == 235)
            #expect(settled.answeredAt == call.createdAt + .seconds(9))
            #expect(try await world.balance() == 1000_00 - 235)
            let timeline = try await world.read(call).timeline
            #expect(
                timeline.map(\.kind).filter { !$0.hasPrefix("media.first") } == [
                    "call.started", "sip.invite", "sip.ringing", "sip.answered", "call.answered", "sip.ended",
                    "media.quality", "sip.ladder", "call.completed",
                ]
            )
            #expect(timeline.first { $0.kind == "sip.invite" }?.details["trunk"] == "carrier")
            #expect(timeline.first { $0.kind == "sip.ringing" }?.details["status"] == 180)
            #expect(timeline.first { $0.kind == "sip.ended" }?.details["reason"] == "callee_hung_up")
            #expect(try await world.sentence(call) == "The callee hung up after 47 s.")
            #expect(timeline.first { $0.kind == "media.quality" }?.details["mos"] != nil)
            #expect(try await world.context.database.read { try LedgerChecker.differences(in: $0) } == [])
        }
        await trunk.stop()
    }

    @Test(arguments: [
        (486, CallStatus.busy, HangupCause.userBusy), (600, .busy, .userBusy), (603, .failed, .callRejected),
        (404, .failed, .unallocatedNumber), (488, .failed, .incompatibleDestination), (480, .noAnswer, .noAnswer),
        (503, .failed, .normalTemporaryFailure), (500, .failed, .networkOutOfOrder),
    ])
    func aRefusalIsToldAndCostsNothing(status: Int, expected: CallStatus, cause: HangupCause) async throws {
        let trunk = try await TestTrunk { $0.session.reject(status: status) }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let settled = try await world.ended(try await world.place())
            #expect(settled.status == expected && settled.hangupCause == cause)
            #expect(settled.costMinor == 0 && settled.durationSeconds == 0 && settled.answeredAt == nil)
            let failure = try await world.entry("sip.failed", of: settled)
            #expect(failure.details["status"] == .integer(Int64(status)) && failure.details["trunk"] == "carrier")
        }
        await trunk.stop()
    }

    @Test func aNamedCauseIsReadFromTheReason() async throws {
        let trunk = try await RawSIPPeer { request in
            request.method == .invite
                ? [RawSIPPeer.response(403, to: request, reason: "Q.850;cause=1;text=\"Unallocated\"")] : []
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let settled = try await world.ended(try await world.place())
            #expect(settled.status == .failed && settled.hangupCause == .unallocatedNumber)
            #expect(try await world.entry("sip.failed", of: settled).details["q850"] == 1)
            #expect(try await world.sentence(settled) == "The number that was called does not exist.")
        }
        await trunk.stop()
    }

    @Test func aPhoneThatRingsTooLongWasNotAnswered() async throws {
        let trunk = try await TestTrunk { $0.session.ring() }
        try await VoiceWorld.run {
            $0.platform.ringTimeout = .seconds(2)
        } _: { world in
            let (call, phone) = try await world.call(through: trunk)
            let settled = try await world.ended(call)
            #expect(settled.status == .noAnswer && settled.hangupCause == .noAnswer && settled.costMinor == 0)
            #expect(try await world.kinds(call).contains("sip.ringing"))
            #expect(try await world.sentence(call) == "Nobody answered in time.")
            #expect("\(try await phone.ended())".contains("canceled"))
        }
        await trunk.stop()
    }

    @Test func withoutATrunkOrAPortTheCallFailsClearly() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.media.ports = 35_990...35_991
        } _: { world in
            let lost = try await world.ended(try await world.place())
            #expect(lost.status == .failed && lost.hangupCause == .noTrunk)
            #expect(try await world.sentence(lost) == "No trunk takes calls to this number.")
            try await world.addTrunk(port: trunk.port)
            let first = try await world.place()
            try await world.wait(for: .answered, of: first)
            let second = try await world.ended(try await world.place())
            #expect(second.status == .failed && second.hangupCause == .noMediaPort)
            #expect(try await world.sentence(second) == "The server had no port left for the call's sound.")
            try await world.hangUp(first)
            _ = try await world.ended(first)
            // The port comes back with the end of the call.
            let third = try await Waiting.until {
                let call = try await world.place()
                let state = try await Waiting.until {
                    let now = try await world.read(call).call
                    return now.status == .answered || now.status.isTerminal ? now : nil
                }
                return state.status == .answered ? state : nil
            }
            try await world.hangUp(third)
            #expect(try await world.ended(third).status == .completed)
        }
        await trunk.stop()
    }

    @Test func theLongestCallIsEnded() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.longestCall = .milliseconds(200)
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let settled = try await world.ended(try await world.place())
            #expect(settled.status == .completed && settled.hangupCause == .maxDuration)
            #expect(try await world.sentence(settled).hasPrefix("The call reached the longest time it may last"))
        }
        await trunk.stop()
    }

    @Test func anAnswerWithoutUsableMediaIsHungUpAndNotBilled() async throws {
        let trunk = try await TestTrunk {
            $0.answer(
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 8\r\n"
            )
        }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk)
            let settled = try await world.ended(call)
            #expect(settled.status == .failed && settled.hangupCause == .incompatibleDestination)
            #expect(settled.costMinor == 0)
            #expect("\(try await phone.ended())".contains("remoteBye(q850: Optional(88))"))
            #expect(try await world.sentence(call) == "The two sides have no codec in common.")
        }
        await trunk.stop()
    }

    @Test func aStoppingNodeHangsUpAndSettles() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            world.clock.advance(by: .seconds(20))
            await world.stop()
            let settled = try await world.read(call).call
            #expect(settled.status == .completed && settled.hangupCause == .systemShutdown)
            #expect(settled.costMinor == 100)
            #expect(try await world.sentence(call) == "The server was stopped, and the call was ended after 20 s.")
            #expect("\(try await phone.ended())".contains("remoteBye"))
        }
        await trunk.stop()
    }
}
