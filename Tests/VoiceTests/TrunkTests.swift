import MediaEngine
import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization
import TestSupport
import Testing

/// Trunks good and bad: what they are told, which are tried, and what they can do to a call.
@Suite(.timeLimit(.minutes(1))) struct TrunkTests {
    @Test func theInviteSaysWhoCallsAndWhatWeSpeak() async throws {
        let trunk = try await RawSIPPeer { $0.method == .invite ? [RawSIPPeer.response(486, to: $0)] : [] }
        try await VoiceWorld.run { world in
            try await world.addTrunk(port: trunk.port)
            _ = try await world.ended(try await world.place())
            let invite = try await trunk.request(.invite)
            #expect(invite.uri.user == VoiceWorld.callee && invite.uri.parameters["user"] == "phone")
            #expect(invite.headers.from?.uri.user == VoiceWorld.number)
            #expect(invite.headers[.pAssertedIdentity]?.contains("sip:\(VoiceWorld.number)@") == true)
            #expect(invite.headers[.sessionExpires]?.hasPrefix("1800") == true)
            let offer = String(decoding: invite.body, as: UTF8.self)
            for part in ["PCMA/8000", "PCMU/8000", "telephone-event/8000", "sendrecv"] {
                #expect(offer.contains(part))
            }
        }
        await trunk.stop()
    }

    @Test func aChallengeIsAnsweredWithTheTrunksCredentials() async throws {
        let trunk = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            if request.headers[.authorization] != nil { return [RawSIPPeer.response(486, to: request)] }
            var response = request.response(401, toTag: "trunk-7c1")
            response.headers.add(.wwwAuthenticate, "Digest realm=\"carrier\", nonce=\"83f1c2\", algorithm=MD5")
            return [response.bytes]
        }
        try await VoiceWorld.run { world in
            _ = try await AddTrunk(world.context)(
                name: "carrier",
                address: "127.0.0.1:\(trunk.port)",
                transport: .udp,
                username: "acme",
                password: "s3cret-of-acme",
                prefix: "+",
                priority: 1
            )
            #expect(try await world.ended(try await world.place()).status == .busy)
            let answer = trunk.requests.compactMap { $0.headers[.authorization] }.first
            #expect(answer?.contains("username=\"acme\"") == true && answer?.contains("response=") == true)
        }
        await trunk.stop()
    }

    @Test(arguments: [408, 480, 500, 502, 503, 504])
    func theNextTrunkTakesWhatTheFirstCannot(status: Int) async throws {
        let first = try await TestTrunk { $0.session.reject(status: status) }
        let second = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk("second", port: second.port, priority: 20)
            try await world.addTrunk("first", port: first.port, priority: 10)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            let timeline = try await world.read(call).timeline
            let tried = timeline.filter { $0.kind == "sip.invite" }.map { $0.details["trunk"] }
            #expect(tried == ["first", "second"])
            #expect(first.callCount == 1 && second.callCount == 1)
            try await world.hangUp(call)
            #expect(try await world.ended(call).status == .completed)
        }
        await first.stop()
        await second.stop()
    }

    @Test(arguments: [486, 600, 603, 404, 403])
    func nobodyElseIsAskedWhenSomebodySaidNo(status: Int) async throws {
        let first = try await TestTrunk { $0.session.reject(status: status) }
        let second = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run { world in
            try await world.addTrunk("first", port: first.port, priority: 10)
            try await world.addTrunk("second", port: second.port, priority: 20)
            #expect(try await world.ended(try await world.place()).answeredAt == nil)
            #expect(first.callCount == 1 && second.callCount == 0)
        }
        await first.stop()
        await second.stop()
    }

    @Test func aTrunkThatNeverAnswersIsPassedOver() async throws {
        let silent = try await RawSIPPeer { _ in [] }
        let good = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.sip.timers.t1 = .milliseconds(40)
        } _: { world in
            try await world.addTrunk("silent", port: silent.port, priority: 1)
            let alone = try await world.ended(try await world.place())
            #expect(alone.status == .failed && alone.hangupCause == .recoveryOnTimerExpire && alone.costMinor == 0)
            #expect(try await world.sentence(alone) == "The carrier did not answer at all.")
            try await world.addTrunk("good", port: good.port, priority: 2)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            try await world.hangUp(call)
            #expect(try await world.ended(call).status == .completed)
        }
        await silent.stop()
        await good.stop()
    }

    /// A short ring timeout must not make a dead trunk look like a phone that nobody answers; and a trunk that wakes up
    /// when the call is over must not ring the phone.
    @Test func aDeadTrunkIsNotAPhoneThatRings() async throws {
        let isAwake = Locked(false)
        let trunk = try await RawSIPPeer { request in
            guard request.method == .invite, isAwake.withLock({ $0 }) else { return [] }
            return [RawSIPPeer.response(180, to: request)]
        }
        try await VoiceWorld.run {
            $0.platform.ringTimeout = .milliseconds(200)
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let settled = try await world.ended(try await world.place())
            #expect(settled.status == .failed && settled.hangupCause == .recoveryOnTimerExpire)
            isAwake.withLock { $0 = true }
            try await trunk.request(.cancel)
        }
        await trunk.stop()
    }

    @Test func aTrunkThatTalksGarbageIsPassedOver() async throws {
        let garbage: [[UInt8]] = [
            [], [0], Array("SIP/2.0".utf8), Array("SIP/2.0 200 OK\r\n\r\n".utf8), Array("\0\u{1}\r\n\r\n".utf8),
            Array("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP nobody;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\n\r\n".utf8),
            [UInt8](repeating: 0xFF, count: 1400),
        ]
        let trunk = try await RawSIPPeer { _ in garbage }
        let good = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.sip.timers.t1 = .milliseconds(40)
        } _: { world in
            try await world.addTrunk("garbage", port: trunk.port, priority: 1)
            try await world.addTrunk("good", port: good.port, priority: 2)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            #expect(world.agent.counters.unreadable.load(ordering: .relaxed) > 0)
            try await world.hangUp(call)
            #expect(try await world.ended(call).status == .completed)
        }
        await trunk.stop()
        await good.stop()
    }

    @Test func aTrunkThatStopsMidCallEndsItByTheSilence() async throws {
        let trunk = try await TestTrunk { $0.answer() }
        try await VoiceWorld.run {
            $0.media.silenceTimeout = .milliseconds(400)
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            try await world.entry("media.first_packet", of: call)
            world.clock.advance(by: .seconds(30))
            await trunk.stop()
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .mediaTimeout)
            #expect(settled.durationSeconds == 30 && settled.costMinor == 150)
            #expect(try await world.sentence(call).hasPrefix("No sound came from the other side for too long"))
        }
    }

    /// Silence on hold is no fault; the session timer ends a call whose trunk is gone, sound or not.
    @Test func aTrunkThatStopsIsFoundByTheSessionTimer() async throws {
        var sip = VoiceWorld.Settings().sip
        sip.sessionExpires = .seconds(8)
        sip.minSessionExpires = .seconds(1)
        let trunk = try await TestTrunk(sip) { $0.answer() }
        try await VoiceWorld.run { [sip] in
            $0.sip = sip
        } _: { world in
            try await world.addTrunk(port: trunk.port)
            let call = try await world.place()
            try await world.wait(for: .answered, of: call)
            world.clock.advance(by: .seconds(12))
            await trunk.stop()
            let settled = try await world.ended(call)
            #expect(settled.status == .completed && settled.hangupCause == .recoveryOnTimerExpire)
            #expect(settled.durationSeconds == 12 && settled.costMinor == 60)
            #expect(try await world.sentence(call).hasPrefix("The other side had gone without a word"))
        }
    }
}
