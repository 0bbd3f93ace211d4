import MediaEngine
import Platform
import SIPWire
import Synchronization
import TestSupport
import Testing
import Voice

@testable import SIPStack

/// Callers who mean no good, beside one who does.
@Suite(.timeLimit(.minutes(1))) struct HostileCallerTests {
    /// A hostile caller who is up and hears a tone of 700 Hz, and a good one who hears it too.
    private static func run(
        _ body: (VoiceWorld, RawCaller, CallingPhone) async throws -> Void
    ) async throws {
        let server = try await VoiceServer { _, _ in .actions(.play(PlayAction(.tone(hertz: 700, .seconds(60))))) }
        let peer = try await RawSIPPeer()
        try await InboundTests.call(server) { world, phone, _ in
            try await phone.answered()
            try await world.addTrunk("hostile", port: peer.port)
            let caller = try await RawCaller.answered(by: world, from: peer)
            try await body(world, caller, phone)
            try await phone.hears(700)
            phone.hangUp()
            try await Waiting.until { world.service.activeCalls == 0 ? true : nil }
        }
        await peer.stop()
    }

    /// The newest of the two calls.
    private static func call(_ world: VoiceWorld) async throws -> Call {
        let calls = try await ListCalls(world.context)(workspaceID: world.workspace.id, filter: CallFilter()).calls
        return try #require(calls.max { $0.id < $1.id })
    }

    @Test func whoChangesTheCallWithoutEndIsPutOff() async throws {
        try await Self.run { world, caller, phone in
            var answers: [Int: Int] = [:]
            var isTold = true
            for number in 2...151 {
                let response = try await caller.reinvite(number, number % 2 == 0 ? .pcmu : .pcma)
                answers[response.status, default: 0] += 1
                if response.status == 500 { isTold = isTold && response.headers.integer(.retryAfter) != nil }
            }
            #expect(Set(answers.keys) == [200, 500] && isTold, "\(answers)")
            #expect(answers[200, default: 0] >= OfferPace.burst && answers[500, default: 0] > 50, "\(answers)")
            #expect(world.agent.counters.refused.load(ordering: .relaxed) == answers[500])
            try await phone.hears(700)
            let call = try await Self.call(world)
            try await caller.hangUp(152)
            #expect(try await world.ended(call).status == .completed)
            let story = try await world.story(call)
            #expect(story.sentence.hasPrefix("The caller hung up after "))
            let ladder = story.details("sip.ladder")?["messages"]?.elements ?? []
            #expect(ladder.count == 100 && ladder.first?["message"] == "INVITE")
            // The answer to the BYE is on its way when the call ends.
            #expect(ladder.suffix(2).contains { $0["message"] == "BYE" })
        }
    }

    @Test func theCodecMayChangeInMidCall() async throws {
        try await Self.run { world, caller, _ in
            try await caller.hears(.pcma)
            #expect(try await caller.reinvite(2, .pcmu).status == 200)
            try await caller.hears(.pcmu)
            let call = try await Self.call(world)
            for number in 0..<10 { try await caller.speak(number, .pcmu) }
            try await world.entry("media.first_packet", of: call)
            // Nobody agreed on this one any more, and it is understood all the same.
            for number in 10..<30 { try await caller.speak(number, .pcma) }
            try await caller.hears(.pcmu)
            #expect(try await caller.reinvite(3, .pcma).status == 200)
            try await caller.hears(.pcma)
            try await caller.hangUp(4)
            _ = try await world.ended(call)
            let quality = try #require(try await world.story(call).details("media.quality"))
            #expect(quality["packets_dropped"] == 0 && quality["packets_from_strangers"] == 0, "\(quality.text)")
            #expect(quality["packets_received"] == 30, "\(quality.text)")
        }
    }

    @Test func soundFromElsewhereIsDroppedAndOnTheTimeline() async throws {
        let stranger = try await RawSIPPeer()
        try await Self.run { world, caller, _ in
            let call = try await Self.call(world)
            for number in 0..<10 { try await caller.speak(number, .pcma) }
            try await world.entry("media.first_packet", of: call)
            for number in 10..<40 { try await caller.speak(number, .pcma, from: stranger) }
            for number in 10..<20 { try await caller.speak(number, .pcma) }
            try await caller.hears(.pcma)
            #expect(stranger.datagrams.isEmpty, "the call's sound goes where it went")
            try await caller.hangUp(2)
            _ = try await world.ended(call)
            let quality = try #require(try await world.story(call).details("media.quality"))
            #expect(quality["packets_from_strangers"] == 30 && quality["packets_dropped"] == 30, "\(quality.text)")
            #expect(quality["packets_received"] == 20, "\(quality.text)")
        }
        await stranger.stop()
    }
}
