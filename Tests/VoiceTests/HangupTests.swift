import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing
import Voice

/// Hang-up by the API, at every moment of a call.
@Suite(.timeLimit(.minutes(1))) struct HangupTests {
    @Test func whileItRings() async throws {
        let trunk = try await TestTrunk { $0.session.ring() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .ringing)
            try await world.hangUp(call)
            let settled = try await world.ended(call)
            #expect(settled.status == .canceled && settled.costMinor == 0)
            #expect(
                try await world.sentence(call) == "A request of yours ended the call before it was answered."
            )
            #expect("\(try await phone.ended())".contains("canceled"))
        }
        await trunk.stop()
    }

    @Test func afterTheAnswer() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            let (call, phone) = try await world.call(through: trunk, until: .answered)
            world.clock.advance(by: .milliseconds(61_400))
            try await world.hangUp(call)
            try await world.hangUp(call)
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .normalClearing)
            #expect(settled.durationSeconds == 61 && settled.costMinor == 305)
            #expect(try await world.sentence(call) == "A request of yours ended the call after 61 s.")
            #expect("\(try await phone.ended())".contains("remoteBye(q850: Optional(16))"))
        }
        await trunk.stop()
    }

    /// A CANCEL may go only after a provisional response (RFC 3261 section 9.1): the hang-up waits for it.
    @Test func beforeTheTrunkHasSaidAnything() async throws {
        let isAwake = Locked(false)
        let trunk = try await RawSIPPeer { request in
            guard isAwake.withLock({ $0 }) else { return [] }
            switch request.method {
            case .invite: return [RawSIPPeer.response(180, to: request)]
            case .cancel:
                var invite = request
                invite.method = .invite
                invite.headers.set(.cseq, CSeq(request.headers.cseq?.number ?? 1, .invite).text)
                return [RawSIPPeer.response(200, to: request), RawSIPPeer.response(487, to: invite)]
            default: return []
            }
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place()
            try await trunk.request(.invite)
            try await world.hangUp(call)
            isAwake.withLock { $0 = true }
            try await trunk.request(.cancel)
            let settled = try await world.ended(call)
            #expect(settled.status == .canceled && settled.costMinor == 0)
            try await trunk.request(.ack)
        }
        await trunk.stop()
    }

    /// The 200 of the INVITE crosses our CANCEL: the answer is acknowledged and hung up at once, and nobody pays.
    @Test func whileTheAnswerIsOnItsWay() async throws {
        let trunk = try await RawSIPPeer { request in
            switch request.method {
            case .invite: return [RawSIPPeer.response(180, to: request)]
            case .cancel:
                var invite = request
                invite.method = .invite
                invite.headers.set(.cseq, CSeq(request.headers.cseq?.number ?? 1, .invite).text)
                return [RawSIPPeer.response(200, to: invite), RawSIPPeer.response(481, to: request)]
            case .bye: return [RawSIPPeer.response(200, to: request)]
            default: return []
            }
        }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place()
            try await world.wait(for: .ringing, of: call)
            try await world.hangUp(call)
            try await trunk.request(.ack)
            try await trunk.request(.bye)
            let settled = try await world.ended(call)
            #expect(settled.status == .canceled && settled.costMinor == 0)
        }
        await trunk.stop()
    }

    /// The race as it happens: hang-ups and answers at the same moment. Whatever wins, it is the truth on both sides.
    @Test func hangUpsAndAnswersAtOnce() async throws {
        let trunk = try await TestTrunk { $0.session.ring() }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    let call = try await world.place()
                    let phone = try await trunk.nextCall()
                    try await world.wait(for: .ringing, of: call)
                    group.addTask { phone.answer() }
                    group.addTask {
                        try await world.hangUp(call)
                        let settled = try await world.ended(call)
                        #expect(settled.status == .canceled || settled.status == .completed)
                        #expect((settled.answeredAt != nil) == (settled.status == .completed))
                        _ = try await phone.ended()
                    }
                }
                try await group.waitForAll()
            }
            try await Waiting.until { world.service.activeCalls == 0 ? true : nil }
            #expect(await world.agent.load().sessions == 0)
        }
        await trunk.stop()
    }
}
